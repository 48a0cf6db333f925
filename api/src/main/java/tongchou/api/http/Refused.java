package tongchou.api.http;

import java.util.Comparator;
import java.util.List;

/// A request is turned away (请求被拒), with everything that is wrong with it; the first fault leads.
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /// Turns a request away for one fault.
    public Refused(Fault fault) {
        this(List.of(fault));
    }

    /// Turns a request away for several faults, which are put in order of precedence.
    public Refused(List<Fault> faults) {
        super(faults.getFirst().code() + " " + faults.getFirst().field(), null, false, false);
        this.faults = faults.stream().sorted(Comparator.comparingInt(Refused::precedence)).toList();
    }

    private static int precedence(Fault fault) {
        for (var code : ProblemCode.values()) {
            if (code.name().equals(fault.code())) {
                return code.ordinal();
            }
        }
        return ProblemCode.values().length;
    }

    /// What is wrong, the leading fault first; never empty.
    public List<Fault> faults() {
        return faults;
    }
}
