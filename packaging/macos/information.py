"""What macOS is told of the application (Info.plist): its documents, its icon, what it needs."""

from __future__ import annotations

__all__ = ["INFORMATION"]

_ID = "io.github.hip-thrust-visualizer.app"
_DOCUMENT = f"{_ID}.document"

INFORMATION: dict[str, object] = {
    "CFBundleIdentifier": _ID,
    "CFBundleName": "Hip Thrust Visualizer",
    "CFBundleDisplayName": "Hip Thrust Visualizer",
    "CFBundleDevelopmentRegion": "en",
    "CFBundleLocalizations": ["en", "de"],
    "LSApplicationCategoryType": "public.app-category.education",
    "LSMinimumSystemVersion": "13.0",
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": _DOCUMENT,
            "UTTypeDescription": "Hip thrust variation or lesson",
            "UTTypeConformsTo": ["public.utf8-plain-text"],
            "UTTypeTagSpecification": {
                "public.filename-extension": ["hipthrust"],
                "public.mime-type": ["application/x-hip-thrust+toml"],
            },
        }
    ],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Hip thrust variation or lesson",
            "CFBundleTypeRole": "Viewer",
            "CFBundleTypeIconFile": "app.icns",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_DOCUMENT],
        }
    ],
}
