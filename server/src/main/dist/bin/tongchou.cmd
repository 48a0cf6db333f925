@echo off
rem Starts Tongchou on Java 25 or newer: the one in JAVA_HOME, else the first on PATH.
rem TONGCHOU_JAVA_OPTS holds options for the JVM, e.g. -Xmx2g
rem The options are those of bin/tongchou, which says why; a test compares them. Each line of `set` stands for itself.
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

rem How well a command is compiled: one that is over soon quickly, a server once it has started.
set "SOON=-XX:TieredStopAtLevel=1"
set "LONG=-XX:CompileCommand=quiet"
set "LONG=%LONG% -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.SHA2::implCompress,0.01"
set "LONG=%LONG% -XX:CompileCommand=BackgroundCompilation,sun.security.provider.SHA2::implCompress,false"
set "LONG=%LONG% -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000"
set "LONG=%LONG% -XX:Tier4CompileThreshold=50000 -XX:Tier4BackEdgeThreshold=200000"
set "COMPILED=%SOON%"
if "%~1"=="serve" set "COMPILED=%LONG%"
if "%~1"=="verify" set "COMPILED=%LONG%"

rem How much memory it takes, unless TONGCHOU_JAVA_OPTS names a heap or a collector.
set "HEAP=-Xms64m -Xmn32m -Xmx512m"
set "MEMORY=-XX:+UseCompactObjectHeaders"
if "%~1"=="serve" set "HEAP=-Xms96m -Xmn64m -XX:SurvivorRatio=4 -Xmx208m"
if "%~1"=="serve" set "MEMORY=%MEMORY% -XX:TrimNativeHeapInterval=30000 -Xlog:trimnative=off"
set "COLLECTOR=-XX:+UseSerialGC"
echo "%TONGCHOU_JAVA_OPTS%" | findstr /r /c:"-Xm" >nul && set "HEAP="
echo "%TONGCHOU_JAVA_OPTS%" | findstr /r /c:"-XX:+Use.*GC" >nul && set "COLLECTOR="

"%JAVA%" ^
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 ^
    "-Djava.util.logging.config.file=%HOME_DIR%\conf\logging.properties" ^
    "-Dtongchou.home=%HOME_DIR%" ^
    --enable-native-access=org.xerial.sqlitejdbc,com.github.luben.zstd_jni ^
    --module-path "%HOME_DIR%\lib" ^
    %MEMORY% %TONGCHOU_JAVA_OPTS% %HEAP% %COLLECTOR% %COMPILED% ^
    --module tongchou.server/tongchou.server.Main %*
exit /b %errorlevel%
