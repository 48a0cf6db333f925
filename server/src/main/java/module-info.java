/// The engine behind HTTP and a command line.
module tongchou.server {
    requires tongchou.api;
    requires tongchou.core;
    requires tongchou.storage;

    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.csv;
    requires com.nimbusds.jose.jwt;
    requires info.picocli;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.config;
    requires io.helidon.common.media.type;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.common.tls;
    requires io.helidon.health;
    requires io.helidon.http;
    requires io.helidon.metrics.api;
    requires io.helidon.metrics;
    requires io.helidon.webserver;
    requires io.helidon.webserver.observe;
    requires io.helidon.webserver.observe.health;
    requires io.helidon.webserver.staticcontent;
    requires me.tongfei.progressbar;
    requires org.bouncycastle.provider;
    requires org.dhatim.fastexcel;
    requires org.dhatim.fastexcel.reader;
    requires pf4j;
    requires pinyin4j;

    uses io.helidon.metrics.spi.MeterRegistryFormatterProvider;

    // picocli fills the fields of the commands by reflection.
    opens tongchou.server.cli to info.picocli;
    // The index of a repository is records.
    opens tongchou.server.repository to com.fasterxml.jackson.databind;
}
