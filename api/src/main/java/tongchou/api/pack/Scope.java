package tongchou.api.pack;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Document;

/// The names that hold at one level (命名范围): area, pack, and the packs it extends; the nearest wins.
final class Scope {

    private final String name;
    private final @Nullable Scope outer;
    private final Map<String, Condition> groups = new HashMap<>();
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private final Map<String, Tree.Mapping> definitions = new HashMap<>();

    Scope(String name, @Nullable Scope outer) {
        this.name = name;
        this.outer = outer;
    }

    /// The level as explanations show it.
    String name() {
        return name;
    }

    void group(String word, Condition condition) {
        groups.put(word, condition);
    }

    boolean document(Document document) {
        return documents.put(document.id(), document) == null;
    }

    boolean define(String kind, String word, Tree.Mapping tree) {
        return definitions.put(kind + "/" + word, tree) == null;
    }

    Optional<Condition> group(String word) {
        var own = groups.get(word);
        return own != null ? Optional.of(own) : outer == null ? Optional.empty() : outer.group(word);
    }

    Optional<Document> document(String id) {
        var own = documents.get(id);
        return own != null ? Optional.of(own) : outer == null ? Optional.empty() : outer.document(id);
    }

    /// Every document that may be cited here, the nearest for an id.
    Map<String, Document> documents() {
        var all = outer == null ? new LinkedHashMap<String, Document>() : new LinkedHashMap<>(outer.documents());
        all.putAll(documents);
        return all;
    }

    /// A definition, where it stands, and which level below it replaces.
    record Defined(Tree.Mapping tree, Scope scope, String overrides) {
    }

    Optional<Defined> definition(String kind, String word) {
        var own = definitions.get(kind + "/" + word);
        if (own != null) {
            var below = outer == null ? Optional.<Defined>empty() : outer.definition(kind, word);
            return Optional.of(new Defined(own, this, below.map(found -> found.scope.name).orElse("")));
        }
        return outer == null ? Optional.empty() : outer.definition(kind, word);
    }
}
