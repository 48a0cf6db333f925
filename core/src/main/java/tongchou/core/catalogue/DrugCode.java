package tongchou.core.catalogue;

import java.util.Optional;
import java.util.regex.Pattern;

/// A national drug code taken apart (国家医保药品代码): what all products of one variety share is the key for rules.
///
/// @param variety the variety: the first 10 characters of a western drug, the first 11 of a patent medicine
/// @param form the dosage form of a western drug, 4 characters; empty for patent medicine
/// @param pack specification and pack, 4 digits
/// @param company the licence holder, 5 digits
public record DrugCode(String variety, String form, String pack, String company) {

    private static final Pattern WESTERN = Pattern.compile(
            "(X[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{3})([A-Z][0-9]{3})([0-9]{4})([0-9]{5})");
    private static final Pattern PATENT = Pattern.compile(
            "(Z[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{4})([0-9]{4})([0-9]{5})");

    /// Takes a code apart: 23 characters of a western drug or 20 of a patent medicine; nothing for any other text.
    public static Optional<DrugCode> of(String code) {
        var western = WESTERN.matcher(code);
        if (western.matches()) {
            return Optional.of(new DrugCode(western.group(1), western.group(2), western.group(3), western.group(4)));
        }
        var patent = PATENT.matcher(code);
        return patent.matches() ? Optional.of(new DrugCode(patent.group(1), "", patent.group(2), patent.group(3)))
                : Optional.empty();
    }

    /// The letter of the generic name's pinyin initial, without salt.
    public char initial() {
        return variety.charAt(6);
    }
}
