package tongchou.core.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where a drug stands in one edition of a drug list (目录位置): the identity of a listed variety in that edition.
///
/// @param edition the edition in short, for example `2024`
/// @param number the printed number; several names may share one
/// @param form 0 for the first form of the variety, 1 and more for its repetitions (★) with another form
public record ListPlace(String edition, Section section, int number, int form) {

    /// A part of the drug list that counts from one (目录部分).
    public enum Section {
        /// Western drugs (西药).
        WEST,
        /// Chinese patent medicine (中成药).
        PATENT,
        /// Drugs listed by negotiation, western (协议期内谈判药品西药).
        NEGOTIATED,
        /// Drugs listed by negotiation, Chinese patent medicine (协议期内谈判药品中成药).
        NEGOTIATED_PATENT,
        /// Drugs listed by bidding (竞价药品).
        BID,
        /// Herbal pieces (中药饮片).
        PIECES;

        private static final Map<String, Section> BY_WORD =
                Arrays.stream(values()).collect(Collectors.toMap(Section::word, Function.identity()));

        /// The section in the words of the pack format.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The section with a word.
        ///
        /// @throws IllegalArgumentException when no section has it
        public static Section of(String word) {
            var section = BY_WORD.get(word);
            if (section == null) {
                throw new IllegalArgumentException("no section " + word);
            }
            return section;
        }
    }
}
