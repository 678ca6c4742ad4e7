"""Stands in for Qt's OpenGL modules in the frozen program.

pyqtgraph imports them at its start but uses them only for views that draw with OpenGL, of which
there is none here. They weigh 10 MB and want libOpenGL, which bare machines lack.
"""

import sys
from types import ModuleType

for _name in ("QtOpenGL", "QtOpenGLWidgets"):
    _module = ModuleType(f"PySide6.{_name}")
    _module.QOpenGLWidget = type("QOpenGLWidget", (), {})  # type: ignore[attr-defined]
    sys.modules[_module.__name__] = _module
