package tongchou.core.catalogue;

import java.util.Map;
import java.util.Set;

/// Which dosage forms a list groups together (剂型归并): class belongs to name and form, and a list prints the group.
///
/// @param groups the forms of each group, for example 口服常释剂型: 片剂, 薄膜衣片, 分散片, 硬胶囊
public record Forms(Map<String, Set<String>> groups) {

    /// Copies the groups.
    public Forms {
        groups = Map.copyOf(groups);
    }

    /// Whether a product's form is the listed one or belongs to its group; a group may leave out some of its forms
    /// after 不含, as in 口服常释剂型(不含分散片).
    public boolean fits(String form, String listed) {
        if (listed.isEmpty() || form.equals(listed)) {
            return true;
        }
        var plain = Names.plain(listed);
        var without = plain.indexOf("(不含");
        if (without >= 0 && plain.substring(without).contains(form)) {
            return false;
        }
        var group = without >= 0 ? plain.substring(0, without) : plain;
        return form.equals(group) || groups.getOrDefault(group, Set.of()).contains(form);
    }
}
