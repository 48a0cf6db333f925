/// The book of record, on SQLite and on PostgreSQL.
module tongchou.storage {
    requires transitive tongchou.core;
    requires io.helidon.config;
    requires io.helidon.dbclient;
    requires io.helidon.dbclient.jdbc;
    requires flyway.core;
    requires java.sql;
    requires com.github.luben.zstd_jni;
    requires org.bouncycastle.provider;

    // The drivers, and what talks to one of them, are found by service loader; named so that they are resolved.
    requires io.helidon.dbclient.hikari;
    requires org.xerial.sqlitejdbc;
    requires org.postgresql.jdbc;
    requires flyway.database.postgresql;

    exports tongchou.storage;
}
