/// The house rules (项目规矩), kept by programs so that people need not.
///
/// A rule is a test method named as the sentence it proves; a failure lists every place and says what to do instead.
/// [ArrowsTest] keeps who may use whom, [ExactMoneyTest] and [HabitsTest] what classes may do, [SizesTest] how long
/// they may grow, [TidyTest] and [DocumentsTest] what is written, [GuidesTest] that following it works. An exception to
/// a rule stands beside the rule with its reason; a rule that asks for many exceptions is wrong and is changed.
@NullMarked
package tongchou.server.house;

import org.jspecify.annotations.NullMarked;
