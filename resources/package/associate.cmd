@echo off
rem Plans (*.keikaku) open with the program in this folder, for this user only.
rem "associate.cmd /remove" takes that back.
chcp 65001 >nul
set KEY=HKCU\Software\Classes
if /i "%~1"=="/remove" goto remove
reg add "%KEY%\Keikaku.Plan" /ve /d "計画カンバンの計画" /f >nul || exit /b 1
reg add "%KEY%\Keikaku.Plan\DefaultIcon" /ve /d "%~dp0keikaku-kanban.exe,0" /f >nul || exit /b 1
reg add "%KEY%\Keikaku.Plan\shell\open\command" /ve /d "\"%~dp0keikaku-kanban.exe\" \"%%1\"" /f >nul || exit /b 1
reg add "%KEY%\.keikaku" /ve /d Keikaku.Plan /f >nul || exit /b 1
echo .keikaku のファイルを、計画カンバンで開くようにしました。
exit /b 0
:remove
reg delete "%KEY%\.keikaku" /f >nul
reg delete "%KEY%\Keikaku.Plan" /f >nul
echo .keikaku のファイルの関連付けを取り消しました。
