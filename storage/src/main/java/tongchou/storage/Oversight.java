package tongchou.storage;

/// What needs two persons, and what came of it (双人复核): kept in the book beside what is booked every day.
///
/// @param approvals what one person asks for and another confirms
/// @param adjustments manual adjustments that were booked
/// @param activations versions of packs that book
/// @param loads versions of packs that a server of the book worked with
/// @param trust whose signatures of packs its servers accept
/// @param budgets what was allotted to institutions and alliances
public record Oversight(Approvals approvals, Adjustments adjustments, Activations activations, PackLoads loads,
        TrustedKeys trust, Budgets budgets) {

    static Oversight of(
            Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit, Members members) {
        return new Oversight(new SqlApprovals(dialect, writer, reader, audit),
                new SqlAdjustments(dialect, writer, reader, audit, members), new SqlActivations(writer, reader, audit),
                new SqlPackLoads(writer, reader, audit), new SqlTrustedKeys(writer, reader, audit),
                new SqlBudgets(dialect, writer, reader, audit));
    }
}
