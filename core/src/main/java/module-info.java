/// The domain of settlement and its arithmetic: pure functions from values to values, on the JDK alone.
@org.jspecify.annotations.NullMarked
module tongchou.core {
    requires static transitive org.jspecify;

    exports tongchou.core.alliance;
    exports tongchou.core.calendar;
    exports tongchou.core.catalogue;
    exports tongchou.core.encounter;
    exports tongchou.core.fund;
    exports tongchou.core.judging;
    exports tongchou.core.ledger;
    exports tongchou.core.money;
    exports tongchou.core.people;
    exports tongchou.core.policy;
    exports tongchou.core.settlement;
}
