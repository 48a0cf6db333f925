package tongchou.core.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;

/// A document that a policy number comes from (政策文件).
///
/// @param id the name under which a pack's rows cite it
/// @param title full title
/// @param number document number (文号), empty where none was found
/// @param issuer who issued it
/// @param issued day of issue; rows are known from this day unless they say otherwise
/// @param checked who last compared the pack with the text, and when; null when nobody has
public record Document(
        String id,
        String title,
        String number,
        String issuer,
        LocalDate issued,
        InForce inForce,
        Grade grade,
        @Nullable String checked) {

    /// How far a document can be trusted (依据等级).
    public enum Grade {
        /// Text of the issuing body or national press naming the document (官方).
        OFFICIAL,
        /// A portal, a repost or a hospital guide that restates the document (转述).
        SECONDARY,
        /// No document: a value made up to show a rule (演示).
        DEMONSTRATION
    }
}
