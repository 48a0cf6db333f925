package tongchou.storage;

import tongchou.core.settlement.Settlement;

/// The benefits, each of one version of a pack, by which anything was settled, and the counters they read (所用规则).
final class UsedRules {

    private final Dictionary rules = new Dictionary("rules", "pack", "version", "hash", "area", "benefit");
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");
    private final Dictionary ruleCounters = new Dictionary("rule_counters", "rule", "name");

    /// The number of the benefit that settled, which is written when it is new.
    long id(Session session, Settlement settlement) {
        var policy = settlement.waterfall().policy();
        var rule = rules.id(session, policy.pack(), policy.version(), policy.hash(), policy.area(),
                settlement.waterfall().benefit().name());
        for (var counter : settlement.waterfall().counters()) {
            var name = counterNames.id(session, counter.name(), counter.period().name(), counter.unit().name());
            ruleCounters.id(session, Long.toString(rule), Long.toString(name));
        }
        return rule;
    }
}
