package tongchou.storage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a book must say about what one person asks for and another decides, thought out naively (see [Model]).
final class Decisions {

    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private long rows;

    /// What one person asks for.
    record Wish(String id, String key, String content, String by) {
    }

    String ask(Wish wish) {
        var first = wishes.values().stream().filter(known -> known.key.equals(wish.key)).findFirst().orElse(null);
        if (first == null) {
            wishes.put(wish.id, wish);
            rows++;
            return "done " + wish.id;
        }
        return (first.content.equals(wish.content) ? "again " : "key of ") + first.id;
    }

    String decide(String id, boolean confirm, String by) {
        if (wishes.get(id).by.equals(by)) {
            return "same person";
        }
        var known = states.get(id);
        if (known == null) {
            states.put(id, confirm ? "CONFIRMED" : "DECLINED");
            rows++;
            return "decided " + states.get(id);
        }
        return (confirm == !known.equals("DECLINED") ? "decided " : "not now ") + known;
    }

    String finish(String id) {
        if ("CONFIRMED".equals(states.get(id))) {
            states.put(id, "DONE");
            rows++;
        }
        return states.getOrDefault(id, "WAITING");
    }

    /// What was asked for, the oldest first.
    List<Wish> wishes() {
        return List.copyOf(wishes.values());
    }

    /// How many audit rows this left.
    long rows() {
        return rows;
    }
}
