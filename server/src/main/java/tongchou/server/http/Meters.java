package tongchou.server.http;

import io.helidon.common.config.Config;
import io.helidon.common.config.GlobalConfig;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/// What the server counts (指标), shown at `/observe/metrics`.
final class Meters {

    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();

    /// What is made once, by whoever asks first: others wait until it is whole, and if it cannot be made, it fails for
    /// all of them. Helidon's own registry is given to the second who asks although it is half made or broken.
    private static final class Whole {

        private static final MeterRegistry REGISTRY = make();

        /// Helidon would look for settings in the environment and in files, where there are none.
        private static MeterRegistry make() {
            GlobalConfig.config(Config::empty);
            return MetricsFactory.getInstance().globalRegistry(MetricsConfig.create());
        }
    }

    /// The registry of metrics, which takes a while to make.
    ///
    /// @throws LinkageError as often as it is asked for, when something that it needs is missing
    static MeterRegistry registry() {
        return Whole.REGISTRY;
    }

    void answered(int status) {
        count("requests", "requests answered", "status", Integer.toString(status));
    }

    void settled(String how, String pack) {
        count("calculations", "previews and estimates", "how", how, "pack", pack);
    }

    void booked(boolean repeated) {
        count("settlements", "settlements booked, and requests repeated", "repeated", Boolean.toString(repeated));
    }

    void reversed(boolean repeated) {
        count("reversals", "settlements taken back, and requests repeated", "repeated", Boolean.toString(repeated));
    }

    void refused(String code) {
        count("refusals", "claims the rules refused", "code", code);
    }

    void problem(int status) {
        count("problems", "requests answered with a problem", "status", Integer.toString(status));
    }

    private void count(String name, String description, String... tags) {
        counters.computeIfAbsent(key(name, tags), key -> {
            var counter = Counter.builder("tongchou_" + name).description(description);
            for (var i = 0; i < tags.length; i += 2) {
                counter.addTag(Tag.create(tags[i], tags[i + 1]));
            }
            return registry().getOrCreate(counter);
        }).increment();
    }

    private static List<String> key(String name, String... tags) {
        return tags.length == 2 ? List.of(name, tags[1]) : List.of(name, String.join(" ", tags));
    }

    /// Everything that is counted, and what Helidon measures of the JVM, in the text format of Prometheus.
    ///
    /// Helidon's own observer shows the same, but times every request by itself in a context that it makes for it.
    static String shown() {
        var config = MetricsFactory.getInstance().metricsConfig();
        return ServiceLoader.load(MeterRegistryFormatterProvider.class).stream().map(ServiceLoader.Provider::get)
                .flatMap(provider -> provider.formatter(MediaTypes.TEXT_PLAIN, config, registry(),
                        config.scoping().tagName(), List.of(), List.of()).stream())
                .flatMap(formatter -> formatter.format().stream()).map(Object::toString).findFirst().orElse("");
    }
}
