@echo off
rem Opens the page of CCHC where CCHC.vbs may not run; with other words than a folder or a
rem workbook, the command line. No letter here is outside ASCII: cmd.exe reads this file in the
rem code page of the machine. What is said in Vietnamese stands in text files, or is said by Python.
setlocal DisableDelayedExpansion
set "APP=%~dp0app"
set "BASE=%LOCALAPPDATA%\cchc"
set "OWN=%BASE%\@STAMP@"
set "PYTHON=%OWN%\env\Scripts\python.exe"
if not exist "%APP%\uv.exe" goto packed

set STATUS=0
if not exist "%OWN%\xong.txt" call :prepare
if not %STATUS% equ 0 exit /b %STATUS%
rem The Python that it was made with may have been taken away.
"%PYTHON%" -I -c "" >nul 2>nul
if not %errorlevel% equ 0 call :prepare
if not %STATUS% equ 0 exit /b %STATUS%

set "WHAT=%~1"
if not defined WHAT goto page
if exist "%WHAT%" goto page_of
set CCHC_LENH="%~f0"
"%PYTHON%" -I -X utf8 -m cchc_office %*
exit /b %errorlevel%

:page
"%PYTHON%" -I "%APP%\start.py" open "%OWN%"
exit /b %errorlevel%

:page_of
rem A drive is dropped as E:\, whose last letter would quote the quotation mark.
if "%WHAT:~-1%"=="\" set "WHAT=%WHAT%."
"%PYTHON%" -I "%APP%\start.py" open "%OWN%" "%WHAT%"
exit /b %errorlevel%

:prepare
set STATUS=2
if exist "%APP%\python\python.exe" goto brought
for %%P in (@PYTHONS@) do call :try %%P
if %STATUS% equ 0 exit /b
if %STATUS% equ 3 exit /b
start "" notepad.exe "%APP%\CHUA-CO-PYTHON.txt"
exit /b
:brought
call :try "%APP%\python\python.exe"
exit /b

:try
if %STATUS% equ 0 exit /b
if %STATUS% equ 3 exit /b
rem Away from here: uv would take the environment of a project that it stands in.
pushd "%LOCALAPPDATA%"
"%APP%\uv.exe" run -qq --no-config --offline --no-project --no-env-file --no-python-downloads --cache-dir "%BASE%\uv" --python %1 python -I -B "%APP%\start.py" prepare "%OWN%"
set STATUS=%errorlevel%
popd
exit /b

:packed
start "" notepad.exe "%~dp0DOC-TRUOC.txt"
exit /b 5
