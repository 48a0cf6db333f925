package tongchou.server.intake;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.IdentityFacts;
import tongchou.api.http.IdentityNumber;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.storage.IdentitySafe.Identity;

/// Takes identities in (证件核对): one written form, and of citizens' numbers the day of birth and the check character.
public final class Identification {

    private Identification() {
    }

    /// The identity in its one written form.
    ///
    /// @param birth of whom it must be; null where nobody knows yet
    /// @throws Refused when the document cannot be; the number is masked
    public static Identity of(IdentityFacts facts, @Nullable LocalDate birth) {
        var kind = Objects.requireNonNullElse(facts.type(), IdentityNumber.CITIZEN);
        var number = IdentityNumber.normal(facts.number());
        if (!IdentityNumber.isKind(kind)) {
            throw not("identity.type", kind, "国家字典 psn_cert_type 中的代码，例如 01 居民身份证",
                    "a code of the national dictionary psn_cert_type, such as 01 for the resident identity card");
        }
        if (kind.equals(IdentityNumber.CITIZEN)) {
            citizen(number, birth);
        }
        return new Identity(kind, number);
    }

    private static void citizen(String number, @Nullable LocalDate birth) {
        var read = IdentityNumber.masked(number);
        if (IdentityNumber.isOldForm(number)) {
            throw not("identity.number", read, "十八位公民身份号码：十五位的一代证自 2013-01-01 起停止使用，请向本人核对十八位号码",
                    "the number of eighteen characters: cards with fifteen ended on 2013-01-01; ask the person for the "
                    + "long one");
        }
        if (!IdentityNumber.isCitizen(number)) {
            throw not("identity.number", read, "十八位公民身份号码，出生日期真实存在，末位校验码正确（GB 11643-1999）",
                    "eighteen characters with a day of the calendar and the right check character (GB 11643-1999)");
        }
        if (birth != null && !IdentityNumber.birth(number).orElseThrow().equals(birth)) {
            throw not("identity.number", read, "与出生日期 " + birth + " 一致的号码",
                    "a number that holds the birth date " + birth);
        }
    }

    private static Refused not(String field, String read, String expected, String expectedEn) {
        return new Refused(Fault.of(ProblemCode.IDENTITY_NOT_VALID, field, read, expected, expectedEn));
    }
}
