@echo off
rem Starts Tongchou on Java 25 or newer: the one in JAVA_HOME, else the first on PATH.
rem TONGCHOU_JAVA_OPTS holds options for the JVM, e.g. -Xmx2g
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"

rem An older Java does not know the class file format; ask it first, so that the answer is a sentence.
"%JAVA%" --version 2>nul | findstr /r /b /c:"java 2[5-9]" /c:"java [3-9][0-9]" /c:"openjdk 2[5-9]" /c:"openjdk [3-9][0-9]" >nul
if errorlevel 1 (
    echo Tongchou needs Java 25 or newer. Install Temurin 25 from https://adoptium.net or set JAVA_HOME to the directory of one. 1>&2
    exit /b 1
)

"%JAVA%" %TONGCHOU_JAVA_OPTS% ^
    "-Djava.util.logging.config.file=%HOME_DIR%\conf\logging.properties" ^
    "-Dtongchou.home=%HOME_DIR%" ^
    --enable-native-access=org.xerial.sqlitejdbc,com.github.luben.zstd_jni ^
    --module-path "%HOME_DIR%\lib" ^
    --module tongchou.server/tongchou.server.Main %*
exit /b %errorlevel%
