package tongchou.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The library of SQLite for this machine (本机程序库), which the driver otherwise unpacks and compares at every start.
///
/// The system property `org.sqlite.lib.path` tells the driver in which folder it lies unpacked.
public final class StoreLibrary {

    private StoreLibrary() {
    }

    /// Unpacks the library into a folder.
    ///
    /// @throws IOException when the folder cannot be written, or the driver brings no library for this machine
    public static void unpack(Path folder) throws IOException {
        var name = LibraryLoaderUtil.getNativeLibName();
        var packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (var in = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
            if (in == null) {
                throw new IOException("SQLite has no library " + packed);
            }
            Files.createDirectories(folder);
            Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Loads the library before a book asks for it; what is wrong with it is told there.
    public static void load() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception toldLater) {
            System.getLogger(StoreLibrary.class.getName()).log(System.Logger.Level.DEBUG, "not loaded", toldLater);
        }
    }
}
