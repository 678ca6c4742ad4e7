"""The open musculoskeletal model that the body is generated from.

The package ``musclemimic-models`` is loaded once and put into the pose in which all its joints
are zero (couplings applied). World frame as everywhere: x to the body's left, y backwards
(the standing body faces −y), z up, metres.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PACKAGE", "SourceModel"]

PACKAGE = "musclemimic-models"
_MESH_GEOM = 7
_JOINT_EQUALITY = 2

Array = NDArray[np.float64]


@dataclass
class SourceModel:
    """The full model in its zero pose.

    Attributes
    ----------
    model, data : mujoco.MjModel, mujoco.MjData
        The model and its state, kinematics and tendons computed.
    """

    model: Any
    data: Any

    @classmethod
    def load(cls) -> SourceModel:
        """Load the package's full body and compute its zero pose."""
        # without this the package asks for an OpenGL context that it does not need
        os.environ.setdefault("MUJOCO_GL", "disable")
        import mujoco
        import musclemimic_models

        model, data = musclemimic_models.load("myofullbody")
        q = model.qpos0.copy()
        # two passes, since a coupled joint may lead another one
        for _ in range(2):
            for i in range(model.neq):
                if model.eq_type[i] != _JOINT_EQUALITY:
                    continue
                address = model.jnt_qposadr[model.eq_obj1id[i]]
                leader = model.eq_obj2id[i]
                lead_q = model.jnt_qposadr[leader] if leader >= 0 else None
                x = 0.0 if lead_q is None else q[lead_q] - model.qpos0[lead_q]
                q[address] = model.qpos0[address] + np.polyval(model.eq_data[i, 4::-1], x)
        data.qpos[:] = q
        mujoco.mj_kinematics(model, data)
        mujoco.mj_comPos(model, data)
        mujoco.mj_tendon(model, data)
        return cls(model, data)

    @cached_property
    def midplane_x_m(self) -> float:
        """World x of the body's plane of symmetry."""
        return float(self.data.body("pelvis").xpos[0])

    @cached_property
    def bone_geoms(self) -> dict[str, int]:
        """Geom id of every visible bone mesh, by geom name."""
        m = self.model
        return {
            m.geom(g).name: g
            for g in range(m.ngeom)
            if m.geom_type[g] == _MESH_GEOM and m.geom_group[g] == 0
        }

    def bone_mesh(self, name: str) -> tuple[Array, NDArray[np.int32]]:
        """Return a bone's vertices (V, 3) in the world at zero pose, and faces (F, 3)."""
        m, d = self.model, self.data
        g = self.bone_geoms[name]
        k = m.geom_dataid[g]
        v0, nv = m.mesh_vertadr[k], m.mesh_vertnum[k]
        f0, nf = m.mesh_faceadr[k], m.mesh_facenum[k]
        rotation = d.geom_xmat[g].reshape(3, 3)
        vertices = m.mesh_vert[v0 : v0 + nv].astype(float) @ rotation.T + d.geom_xpos[g]
        return vertices, m.mesh_face[f0 : f0 + nf].astype(np.int32)

    def bone_body(self, name: str) -> str:
        """Return the model's body that a bone belongs to."""
        m = self.model
        return str(m.body(int(m.geom_bodyid[self.bone_geoms[name]])).name)
