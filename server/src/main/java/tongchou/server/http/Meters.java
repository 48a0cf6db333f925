package tongchou.server.http;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the server counts (指标), shown at `/observe/metrics`.
final class Meters {

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

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
        counters.computeIfAbsent(name + List.of(tags), key -> {
            var counter = Counter.builder("tongchou_" + name).description(description);
            for (var i = 0; i < tags.length; i += 2) {
                counter.addTag(Tag.create(tags[i], tags[i + 1]));
            }
            return Metrics.globalRegistry().getOrCreate(counter);
        }).increment();
    }
}
