package tongchou.server.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a file, whatever it is written in (表格行), read one after the other.
public interface Cells extends AutoCloseable {

    /// The next row, null behind the last; blank cells are empty.
    ///
    /// @throws Unreadable when the file stops being a table
    @Nullable Row next();

    /// Closes the file.
    @Override
    void close();

    /// A row.
    ///
    /// @param number as an editor counts, from 1
    record Row(long number, List<String> cells) {
        /// A cell, empty where the row ends before it.
        public String cell(int place) {
            return place < cells.size() ? cells.get(place) : "";
        }

        /// Whether no cell says anything.
        public boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /// A file that cannot be read as a table (文件不可读).
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }
}
