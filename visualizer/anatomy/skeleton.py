"""Joint angles → bone frames, muscle paths and muscle-tendon lengths.

The only importer of mujoco at run time, and only once a skeleton is loaded: start-up counts.

The model's couplings (the knee's sliding, the patella, the lumbar rhythm) are equality
constraints, which mujoco's kinematics alone do not apply; they are polynomials of one leading
joint, so they are applied to the joint positions by hand before every pose.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualizer.anatomy.rotations import rotation_rows
from visualizer.errors import DataError, PoseError, Problem, UnknownNameError
from visualizer.files import read_regular
from visualizer.resources import body_file
from visualizer.texts import tr

__all__ = ["Coupling", "Skeleton", "SkeletonPose"]

Array = NDArray[np.float64]
IntArray = NDArray[np.int32]

# several times the size of our file
_MOST_BYTES = 5_000_000
_FREE_JOINT = 0
_SITE = 3
# joints are allowed a hair beyond their range, for angles that were rounded in a file
_TOLERANCE_RAD = math.radians(0.5)
# small enough for wrapping surfaces, large enough that mujoco's rounding does not show
_ARM_STEP_RAD = 1e-4


@dataclass(frozen=True)
class Coupling:
    """A joint that follows another one.

    Attributes
    ----------
    follower, leader : str or None
        Joint names; without a leader the follower is held at ``coefficients[0]``.
    coefficients : (5,) ndarray
        Polynomial of the leader's position, lowest power first, in radians and metres.
    """

    follower: str
    leader: str | None
    coefficients: Array


@dataclass(frozen=True)
class SkeletonPose:
    """The skeleton at one moment, in the world frame. Arrays belong to the pose.

    Attributes
    ----------
    joint_position : (Q,) ndarray
        Positions of all joints in mujoco's order: the root's place (m) and quaternion first.
    body_position : (B, 3) ndarray
        Origins of the bodies, metres.
    body_quaternion : (B, 4) ndarray
        Their orientations, (w, x, y, z).
    tendon_length_m : (T,) ndarray
        Muscle-tendon lengths.
    path_points : (W, 3) ndarray
        Points of all muscle paths in a row, metres.
    path_object : (W,) ndarray of int
        What each point lies on: −1 a site, −2 a pulley, else the id of a wrapping geometry.
    path_start, path_count : (T,) ndarray of int
        Where each muscle's path starts in ``path_points`` and how many points it has.
    """

    joint_position: Array
    body_position: Array
    body_quaternion: Array
    tendon_length_m: Array
    path_points: Array
    path_object: IntArray
    path_start: IntArray
    path_count: IntArray

    def frame(self, body: int) -> Array:
        """Return a body's frame (3, 4): its axes as columns, then its origin, metres.

        Parameters
        ----------
        body : int
            Index of the body.
        """
        turn = rotation_rows(self.body_quaternion[body])
        return np.column_stack([np.array(turn), self.body_position[body]])

    def seen_from(self, body: int, points_m: NDArray[np.floating[Any]]) -> Array:
        """Return points (N, 3) of the world in the frame of a body, metres.

        Parameters
        ----------
        body : int
            Index of the body.
        points_m : (N, 3) ndarray
            The points.
        """
        frame = self.frame(body)
        return np.asarray((points_m - frame[:, 3]) @ frame[:, :3])


class Skeleton:
    """The articulated skeleton with the paths of its muscles; any thread may pose it.

    Parameters
    ----------
    model : mujoco.MjModel
        The compiled ``skeleton.xml`` of a body.
    """

    def __init__(self, model: Any) -> None:
        import mujoco

        self._mujoco = mujoco
        self._model = model
        self._workspaces = threading.local()
        self.body_names: tuple[str, ...] = tuple(model.body(i).name for i in range(model.nbody))
        self.tendon_names: tuple[str, ...] = tuple(
            model.tendon(i).name for i in range(model.ntendon)
        )
        self.joint_names: tuple[str, ...] = tuple(
            model.joint(i).name for i in range(model.njnt) if model.jnt_type[i] != _FREE_JOINT
        )
        self._address = {n: int(model.joint(n).qposadr[0]) for n in self.joint_names}
        self._body_index = {n: i for i, n in enumerate(self.body_names)}
        self._tendon_index = {n: i for i, n in enumerate(self.tendon_names)}
        self.joint_range: dict[str, tuple[float, float]] = {
            n: (float(model.joint(n).range[0]), float(model.joint(n).range[1]))
            for n in self.joint_names
        }
        self.couplings: tuple[Coupling, ...] = tuple(
            Coupling(
                model.joint(int(model.eq_obj1id[i])).name,
                model.joint(int(model.eq_obj2id[i])).name if model.eq_obj2id[i] >= 0 else None,
                model.eq_data[i, :5].copy(),
            )
            for i in range(model.neq)
        )
        self._followers = {c.follower: c for c in self.couplings}
        self._coupled_address = np.array([self._address[c.follower] for c in self.couplings], int)
        self._leading_address = np.array(
            [self._address[c.leader or c.follower] for c in self.couplings], int
        )
        self._coefficients = np.array([c.coefficients for c in self.couplings])

    @classmethod
    def load(cls, path: Path | None = None) -> Skeleton:
        """Load the default body's skeleton, or the MJCF file ``path``.

        Raises
        ------
        DataError
            When the file is missing or is not a skeleton.
        """
        import mujoco

        path = body_file("skeleton.xml") if path is None else path
        try:
            # mujoco gets the text, since on Windows it may not find a path with other letters than
            # those of the system's code page
            text = read_regular(path, _MOST_BYTES).decode("utf-8")
            model = mujoco.MjModel.from_xml_string(text)
            _check(model, mujoco)
            return cls(model)
        except FileNotFoundError:
            message = tr("this part of the installation is missing; please reinstall")
        except Exception as error:  # what is no skeleton may fail in any way
            reason = " ".join(str(error).split())
            message = tr(
                "this is not a readable skeleton ({reason:.200}); please reinstall"
            ).format(reason=reason)
        raise DataError([Problem(str(path), "", message)])

    @property
    def _data(self) -> Any:
        """The calling thread's workspace of mujoco; the model itself is only read."""
        data = getattr(self._workspaces, "data", None)
        if data is None:
            data = self._workspaces.data = self._mujoco.MjData(self._model)
        return data

    # --------------------------------------------------------------------------- structure
    def body(self, name: str) -> int:
        """Return the index of a body.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        try:
            return self._body_index[name]
        except KeyError:
            raise UnknownNameError(tr("body"), name, self.body_names) from None

    def tendon(self, name: str) -> int:
        """Return the index of a muscle-tendon unit such as ``glmax1_r``.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        try:
            return self._tendon_index[name]
        except KeyError:
            raise UnknownNameError(tr("tendon"), name, self.tendon_names) from None

    def joint_address(self, name: str) -> int:
        """Return where a joint's angle stands in a vector of joint positions.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        try:
            return self._address[name]
        except KeyError:
            raise UnknownNameError(tr("joint"), name, self.free_joint_names) from None

    @cached_property
    def free_joint_names(self) -> tuple[str, ...]:
        """The joints that can be set: all that follow no other one."""
        return tuple(n for n in self.joint_names if n not in self._followers)

    def tendon_site_bodies(self, tendon: int) -> IntArray:
        """Return the body of each site along a tendon, from its first to its last site."""
        m = self._model
        first, count = int(m.tendon_adr[tendon]), int(m.tendon_num[tendon])
        wraps = range(first, first + count)
        sites = [int(m.wrap_objid[w]) for w in wraps if m.wrap_type[w] == _SITE]
        return np.asarray(m.site_bodyid[sites], np.int32)

    # ------------------------------------------------------------------------------- poses
    def joint_positions(
        self,
        angles: Mapping[str, float],
        root_position: ArrayLike | None = None,
        root_quaternion: ArrayLike | None = None,
    ) -> Array:
        """Return mujoco's vector of joint positions for named angles, couplings applied.

        Parameters
        ----------
        angles : mapping of str to float
            Positions of free joints, in radians; the others stay at zero.
        root_position, root_quaternion : (3,), (4,) array_like, optional
            Place (m) and orientation (w, x, y, z) of the pelvis; by default as in the file.

        Raises
        ------
        UnknownNameError
            When a joint does not exist.
        PoseError
            When a joint follows another one, or an angle is not in its range.
        """
        q = np.array(self._model.qpos0)
        for name, angle in angles.items():
            if name not in self._address:
                raise UnknownNameError(tr("joint"), name, self.free_joint_names)
            coupling = self._followers.get(name)
            if coupling is not None:
                leader = coupling.leader or "nothing: it is fixed"
                raise PoseError(
                    tr("joint {name} cannot be set; it follows {leader}").format(
                        name=name, leader=leader
                    )
                )
            low, high = self.joint_range[name]
            if not low - _TOLERANCE_RAD <= angle <= high + _TOLERANCE_RAD:
                raise PoseError(
                    tr(
                        "joint {name}: {angle:g}° is outside its range {low:.0f}…{high:.0f}°"
                    ).format(
                        name=name,
                        angle=math.degrees(angle),
                        low=math.degrees(low),
                        high=math.degrees(high),
                    )
                )
            q[self._address[name]] = angle
        if root_position is not None:
            q[:3] = root_position
        if root_quaternion is not None:
            q[3:7] = root_quaternion
        self.apply_couplings(q)
        return q

    def apply_couplings(self, q: Array) -> None:
        """Move the joints of ``q`` (Q,) that follow others to where they belong, in place."""
        x = q[self._leading_address]
        powers = x[:, None] ** np.arange(5)
        # a follower without a leader has zeros behind its constant, so x does not matter there
        q[self._coupled_address] = (self._coefficients * powers).sum(1)

    def pose(
        self,
        angles: Mapping[str, float],
        root_position: ArrayLike | None = None,
        root_quaternion: ArrayLike | None = None,
    ) -> SkeletonPose:
        """Return the skeleton at the given angles; see :meth:`joint_positions`."""
        return self.pose_at(self.joint_positions(angles, root_position, root_quaternion))

    def pose_at(self, joint_position: ArrayLike) -> SkeletonPose:
        """Return the skeleton at a complete vector of joint positions (Q,), as it stands."""
        m, d, mujoco = self._model, self._data, self._mujoco
        d.qpos[:] = joint_position
        mujoco.mj_kinematics(m, d)
        mujoco.mj_comPos(m, d)
        mujoco.mj_tendon(m, d)
        count = np.array(d.ten_wrapnum, np.int32)
        used = int(d.ten_wrapadr[-1] + count[-1]) if len(count) else 0
        return SkeletonPose(
            joint_position=np.array(d.qpos),
            body_position=np.array(d.xpos),
            body_quaternion=np.array(d.xquat),
            tendon_length_m=np.array(d.ten_length),
            path_points=np.array(d.wrap_xpos).reshape(-1, 3)[:used],
            path_object=np.array(d.wrap_obj, np.int32).ravel()[:used],
            path_start=np.array(d.ten_wrapadr, np.int32),
            path_count=count,
        )

    def body_frames(self, joint_position: ArrayLike) -> tuple[Array, Array]:
        """Return the bodies' origins (B, 3) and rotation matrices (B, 3, 3) only.

        Much cheaper than :meth:`pose_at`; the closed linkage is solved with it.
        """
        d = self._data
        d.qpos[:] = joint_position
        self._mujoco.mj_kinematics(self._model, d)
        return np.array(d.xpos), np.array(d.xmat).reshape(-1, 3, 3)

    def moment_arms_m(self, joint_position: ArrayLike, joint: str) -> Array:
        """Return the moment arm of every muscle-tendon unit about a joint.

        By the principle of virtual work it is minus the change of length per radian, taken by
        central differences while the joints that follow this one (knee, patella) move along. The
        sign is OpenSim's: positive turns the joint to larger angles, so negative extends hip and
        knee.

        Parameters
        ----------
        joint_position : (Q,) array_like
            A complete vector of joint positions.
        joint : str
            A free joint such as ``hip_flexion_r``.

        Returns
        -------
        (T,) ndarray
            Metres.

        Raises
        ------
        UnknownNameError
            When there is no joint of that name.
        """
        address = self.joint_address(joint)
        lengths = []
        for step in (_ARM_STEP_RAD, -_ARM_STEP_RAD):
            q = np.array(joint_position, float)
            q[address] += step
            self.apply_couplings(q)
            lengths.append(self.pose_at(q).tendon_length_m)
        return (lengths[1] - lengths[0]) / (2 * _ARM_STEP_RAD)

    def lengths_m(self, pose: SkeletonPose) -> dict[str, float]:
        """Return every muscle-tendon length of a pose by name, in metres."""
        return dict(zip(self.tendon_names, pose.tendon_length_m.tolist(), strict=True))


def _check(model: Any, mujoco: Any) -> None:
    """Raise a ValueError where a model has not what :class:`Skeleton` builds on."""
    if not model.njnt or model.jnt_type[0] != _FREE_JOINT:
        raise ValueError("its first joint is not the free one of the pelvis")
    if not model.ntendon:
        raise ValueError("it has no muscle paths")
    if not model.neq or (model.eq_type != int(mujoco.mjtEq.mjEQ_JOINT)).any():
        raise ValueError("its constraints are not couplings of joints")
