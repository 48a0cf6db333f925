package tongchou.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfall;

/// The benefits, each of one version of a pack, by which anything was settled, and the counters they read (所用规则).
final class UsedRules {

    private static final int MOST_REMEMBERED = 10_000;

    private final Dictionary rules = new Dictionary("rules", "pack", "version", "hash", "area", "benefit");
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");
    private final Dictionary ruleCounters = new Dictionary("rule_counters", "rule", "name");
    private final Map<Waterfall, Long> durable = new ConcurrentHashMap<>();

    /// The number of the benefit that settled, where it is known to be durable.
    @Nullable Long known(Settlement settlement) {
        return durable.get(settlement.waterfall());
    }

    /// The number of the benefit that settled, which is written when it is new.
    long id(Session session, Settlement settlement) {
        var known = known(settlement);
        if (known != null) {
            return known;
        }
        var policy = settlement.waterfall().policy();
        var rule = rules.id(session, policy.pack(), policy.version(), policy.hash(), policy.area(),
                settlement.waterfall().benefit().name());
        for (var counter : settlement.waterfall().counters()) {
            var name = counterNames.id(session, counter.name(), counter.period().name(), counter.unit().name());
            ruleCounters.id(session, Long.toString(rule), Long.toString(name));
        }
        session.whenDurable(() -> {
            if (durable.size() < MOST_REMEMBERED) {
                durable.put(settlement.waterfall(), rule);
            }
        });
        return rule;
    }
}
