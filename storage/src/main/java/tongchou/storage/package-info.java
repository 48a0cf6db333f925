/// The book of record (账簿): members, institutions, alliances and settlements on SQLite or PostgreSQL.
@NullMarked
package tongchou.storage;

import org.jspecify.annotations.NullMarked;
