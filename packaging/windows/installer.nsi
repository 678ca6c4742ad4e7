; The setup for Windows: for one account, without an administrator. Compiled by build.sh:
;   makensis -DVERSION=1.2.3 -DPAYLOAD=frozen folder -DLICENCE=file -DOUT=setup.exe installer.nsi
; Silently: setup.exe /S [/D=folder]      away again: "%LOCALAPPDATA%\...\uninstall.exe" /S
; -DSIGN="command" signs setup and uninstaller; nothing is signed without it.
Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh

!define NAME "Hip Thrust Visualizer"
!define PROGRAM "hip-thrust-visualizer.exe"
!define TYPE "HipThrustVisualizer.Document"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\HipThrustVisualizer"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define OLDEST_BUILD 17763   ; Windows 10 1809: what this Qt needs

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey FileDescription "${NAME} Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache License 2.0"
!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "..\icons\app.ico"
!define MUI_UNICON "..\icons\app.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString TOO_OLD ${LANG_ENGLISH} "${NAME} needs Windows 10, version 1809, or newer."
LangString TOO_OLD ${LANG_GERMAN} "${NAME} braucht Windows 10, Version 1809, oder neuer."
LangString NO_64 ${LANG_ENGLISH} "${NAME} needs a 64-bit Windows."
LangString NO_64 ${LANG_GERMAN} "${NAME} braucht ein 64-Bit-Windows."
LangString OPEN_NOW ${LANG_ENGLISH} "${NAME} is open. Please close it first."
LangString OPEN_NOW ${LANG_GERMAN} "${NAME} ist noch offen. Bitte zuerst schließen."
LangString NOT_EMPTY ${LANG_ENGLISH} "This folder holds other files. Please choose an empty one."
LangString NOT_EMPTY ${LANG_GERMAN} "In diesem Ordner liegen andere Dateien. Bitte einen leeren wählen."
LangString DOCUMENT ${LANG_ENGLISH} "Hip thrust variation or lesson"
LangString DOCUMENT ${LANG_GERMAN} "Hip-Thrust-Variante oder -Lektion"

; Ends the setup with status 2, silently as well.
!macro REFUSE TEXT
  MessageBox MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that runs keeps its file from being opened for writing.
!macro REFUSE_WHILE_OPEN
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      !insertmacro REFUSE "$(OPEN_NOW)"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro REMOVE_FILES
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\visualizer.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
!macroend

!macro TELL_EXPLORER
  ; SHCNE_ASSOCCHANGED: file types have changed
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro REFUSE "$(TOO_OLD)"
  ${EndIf}
  System::Call 'kernel32::IsWow64Process2(p -1, *h 0, *h .r1)i.r0'
  ${If} $0 != 0
  ${AndIf} $1 = 0x014C
    !insertmacro REFUSE "$(NO_64)"
  ${EndIf}
FunctionEnd

Section
  !insertmacro REFUSE_WHILE_OPEN
  ; an older version goes first, so that no module of it stays; somebody else's folder is not touched
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    !insertmacro REMOVE_FILES
  ${ElseIf} ${FileExists} "$INSTDIR\_internal\*.*"
    !insertmacro REFUSE "$(NOT_EMPTY)"
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "$(DOCUMENT)"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.hipthrust" "" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\.hipthrust\OpenWithProgids" "${TYPE}" ""
  ; a TOML file belongs to others: it is offered under "Open with" alone
  WriteRegStr HKCU "${CLASSES}\.toml\OpenWithProgids" "${TYPE}" ""
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The hip-thrust visualizer's authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  !insertmacro TELL_EXPLORER
SectionEnd

Section Uninstall
  !insertmacro REFUSE_WHILE_OPEN
  !insertmacro REMOVE_FILES
  RMDir "$INSTDIR"   ; only when nothing of the user's lies in it
  ; what the program had worked out and could again
  RMDir /r "$LOCALAPPDATA\hip-thrust-visualizer\cache"
  RMDir "$LOCALAPPDATA\hip-thrust-visualizer"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${CLASSES}\${TYPE}"
  ReadRegStr $0 HKCU "${CLASSES}\.hipthrust" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "${CLASSES}\.hipthrust"
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.toml\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.toml\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.toml"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro TELL_EXPLORER
SectionEnd
