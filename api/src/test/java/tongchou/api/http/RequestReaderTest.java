package tongchou.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller is told of a value of the wrong type (类型错误时的提示): what would do, not only that it did not.
class RequestReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "date   | 20260301 | 字符串：日期，例如 2026-03-01   | a string: a date such as 2026-03-01",
        "scheme | 1        | 字符串：以下之一：employee、resident | a string: one of employee, resident",
        "area   | 440100   | 字符串：六位区划代码           | a string: a six-digit division code",
        "age    | \"45\"   | 不带小数、指数和引号的整数        | a whole number without fraction, exponent or quotes",
        "totals | []       | JSON 对象                | a JSON object",
    })
    void aWrongTypeIsToldWhatWouldDo(String field, String value, String expected, String expectedEn) {
        var body = ("{\"" + field + "\": " + value + "}").getBytes(StandardCharsets.UTF_8);
        var told = assertThrows(Refused.class, () -> RequestReader.body(body, EstimateRequest.class)).faults().stream()
                .filter(fault -> fault.field().equals(field)).toList();
        assertEquals("WRONG_TYPE", told.getFirst().code());
        assertEquals(expected, told.getFirst().expected());
        assertEquals(expectedEn, told.getFirst().expectedEn());
    }
}
