package tongchou.storage;

import java.util.ArrayList;
import java.util.List;
import tongchou.storage.Resettlements.Cause;

/// The members that a re-settlement is about (受影响参保人), found in the order of their tokens.
///
/// @param condition what a member `m` must meet
/// @param parameters those of the condition
record Affected(String condition, List<Object> parameters) {

    /// The members of an area that a cause affects.
    static Affected by(Cause cause, String area) {
        var parameters = new ArrayList<Object>();
        var condition = switch (cause) {
            case Cause.StaleSums() -> """
                    m.id in (select s.member from stale_settlements x join settlements s on s.id = x.settlement
                        where not exists (select 1 from reversals y where y.settlement = s.id)
                            and not exists (select 1 from stale_clearings z
                                where z.settlement = x.settlement and z.cause = x.cause))""";
            case Cause.OneMember(var token) -> {
                parameters.add(token);
                yield "m.token = ? and exists (select 1 from settlements s where s.member = m.id)";
            }
            case Cause.NewRules rules -> {
                var known = Session.text(rules.knownOn());
                parameters.addAll(List.of(Session.text(rules.from()), rules.pack(), rules.hash()));
                if (known != null) {
                    parameters.add(known);
                }
                yield """
                    exists (select 1 from settlements s
                            left join corrections k on k.id = (
                                select max(x.id) from corrections x where x.settlement = s.id)
                            join rules u on u.id = coalesce(k.rules, s.rules)
                        where s.member = m.id and s.binding_day >= ? and u.pack = ? and (u.hash <> ? or
                            case when k.id is null then s.known_on else k.known_on end is\s"""
                    + (known == null ? "not null)" : "distinct from ?)")
                    + " and not exists (select 1 from reversals y where y.settlement = s.id))";
            }
        };
        if (!area.isEmpty()) {
            condition += " and exists (select 1 from standings t where t.member = m.id "
                    + "and substr(t.area, 1, " + area.length() + ") = ?)";
            parameters.add(area);
        }
        return new Affected(condition, parameters);
    }

    long count(Session session) {
        return session.number("select count(*) from members m where " + condition, parameters.toArray());
    }

    /// The next of them.
    List<String> after(Session session, String token, int limit) {
        var all = new ArrayList<Object>(List.of(token));
        all.addAll(parameters);
        all.add(limit);
        return session.rows("select m.token from members m where m.token > ? and " + condition
                + " order by m.token limit ?", row -> row.text(1), all.toArray());
    }
}
