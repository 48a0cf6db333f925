/// The engine behind HTTP and a command line.
module tongchou.server {
    requires tongchou.api;
    requires tongchou.core;
    requires tongchou.storage;

    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.fasterxml.jackson.module.paramnames;
    requires info.picocli;
    requires io.helidon.config;
    requires io.helidon.config.yaml;
    requires io.helidon.metrics;
    requires io.helidon.webserver;
    requires io.helidon.webserver.observe;
    requires io.helidon.webserver.observe.health;
    requires io.helidon.webserver.observe.metrics;
    requires io.helidon.webserver.staticcontent;
    requires org.slf4j;
    requires me.tongfei.progressbar;
    requires pf4j;

    // picocli fills the fields of the commands by reflection.
    opens tongchou.server to info.picocli;
}
