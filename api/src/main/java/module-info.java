/// What others program against: the pack format and the HTTP records.
module tongchou.api {
    requires transitive tongchou.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.csv;
    requires org.yaml.snakeyaml;

    exports tongchou.api.http;
    exports tongchou.api.pack;
}
