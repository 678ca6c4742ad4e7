"""Settings of dmgbuild, which runs this file; build.sh names the application with -D app=."""

app = defines["app"]  # noqa: F821
files = [app]
symlinks = {"Applications": "/Applications"}
format = "ULMO"  # noqa: A001  # lzma, read by macOS 10.15 and newer
icon = "packaging/icons/app.icns"
icon_size = 96
window_rect = ((200, 120), (540, 300))
icon_locations = {app.rpartition("/")[2]: (140, 120), "Applications": (400, 120)}
