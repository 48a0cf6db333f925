package tongchou.server.http;

import java.util.List;
import tongchou.api.http.ActivationRequest;
import tongchou.api.http.AdjustmentRequest;
import tongchou.api.http.AllianceFacts;
import tongchou.api.http.AllotmentRequest;
import tongchou.api.http.BudgetRequest;
import tongchou.api.http.CentreRequest;
import tongchou.api.http.CheckpointRequest;
import tongchou.api.http.ConfirmRequest;
import tongchou.api.http.DecisionRequest;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.FormularyRequest;
import tongchou.api.http.IdentityChangeRequest;
import tongchou.api.http.InstitutionFacts;
import tongchou.api.http.KeyRequest;
import tongchou.api.http.MemberFacts;
import tongchou.api.http.MoveRequest;
import tongchou.api.http.PackLoadRequest;
import tongchou.api.http.ParkingRequest;
import tongchou.api.http.PathEffectsRequest;
import tongchou.api.http.ReferralRequest;
import tongchou.api.http.ReplacementRequest;
import tongchou.api.http.ResettlementRequest;
import tongchou.api.http.ReversalRequest;
import tongchou.api.http.RevokeRequest;
import tongchou.api.http.RotateRequest;
import tongchou.api.http.SearchRequest;
import tongchou.api.http.SettlementRequest;
import tongchou.api.http.StandingFacts;
import tongchou.api.http.StockRequest;
import tongchou.api.http.UnmaskRequest;
import tongchou.api.http.WaitingRequest;

/// A good body for every route that takes one, for tests that spoil it.
final class GoodBodies {

    private static final String STANDING = """
            {"from": "2026-01-01", "to": "2026-12-31", "area": "999901", "scheme": "resident", "status": "adult", "plan": "一档",
             "relief": "none", "civil_servant": false, "enrolled_since": "2020-01-01", "entitled_from": "2020-01-01",
             "retired_on": "2020-01-01", "contract": {"institution": "H99990100011", "from": "2026-01-01", "to": "2026-12-31"},
             "designated": ["H99990100011"], "diseases": ["高血压"], "tags": ["a"]}""";
    private static final String LINES = """
            [{"item": "bed", "name": "床位费", "amount_fen": 500000, "class": "b", "over_limit_fen": 0, "pre_pay_bp": 1000,
              "direct_bp": 9000, "quantity": "1.5"}, {"item": "visit", "amount_fen": 100, "class": "a"}]""";
    private static final String ENCOUNTER = """
            {"care": "inpatient", "from": "2026-03-01", "to": "2026-03-08", "place": "local", "filing": "none",
             "disease": "高血压", "referral": {"direction": "upward", "episode": "e-1", "issued": "2026-02-27"}}""";

    /// A route, a body that it would accept, and the record it is read into.
    record Good(String path, String body, Class<? extends Record> type) {

        /// The path with its parameters in braces.
        String route() {
            return path.replace("demo-resident-adult", "{token}")
                    .replaceAll("/(keys|settlements|resettlements|approvals|packs)/x/", "/$1/{id}/")
                    .replaceAll("/(alliances|institutions)/[AH]\\d+/", "/$1/{code}/")
                    .replace("/budgets/x/", "/budgets/{code}/");
        }
    }

    static final List<Good> ALL = List.of(
            new Good("/v1/settlements", """
                    {"key": "k-1", "member": "demo-resident-adult", "institution": "H99990100001", "encounter": %s,
                     "total_fen": 500100, "lines": %s, "account": "own", "known_on": "2026-03-01"}"""
                    .formatted(ENCOUNTER, LINES), SettlementRequest.class),
            new Good("/v1/settlements/preview", """
                    {"person": {"birth": "1980-01-01", "standings": [%s],
                                "account": {"current_year_fen": 0, "earlier_years_fen": 0, "family_fen": 0}},
                     "institution_facts": {"code": "X1", "name": "某医院", "division": "999901", "tier": "tertiary",
                                           "kind": "hospital", "from": "2020-01-01", "to": "2030-01-01",
                                           "administration": "city", "specialty": "general"},
                     "encounter": %s, "total_fen": 500100, "lines": %s, "account": "own", "known_on": "2026-03-01",
                     "year_to_date": [{"counter": "居民统筹支付", "sum_fen": 1}]}"""
                    .formatted(STANDING, ENCOUNTER, LINES), SettlementRequest.class),
            new Good("/v1/estimates", """
                    {"area": "999901", "scheme": "resident", "status": "adult", "age": 50, "relief": "none", "civil_servant": false,
                     "plan": "一档", "years_enrolled": 3, "contract": "here", "disease": "高血压", "tags": ["a"], "tier": "primary",
                     "kind": "township", "administration": "township", "specialty": "general", "care": "outpatient",
                     "date": "2026-03-01", "place": "local", "filing": "none", "referral": "none",
                     "supply_weeks": 4, "totals": {"class_a_fen": 1, "class_b_fen": 2, "class_c_fen": 3, "pre_pay_bp": 1000},
                     "account_fen": 100, "known_on": "2026-03-01", "year_to_date": [{"counter": "居民门诊起付线", "sum_fen": 1}]}""",
                    EstimateRequest.class),
            new Good("/v1/members", """
                    {"token": "new-member", "birth": "1980-01-01", "standings": [%s],
                     "account": {"current_year_fen": 1, "earlier_years_fen": 2}, "sharers": ["demo-resident-adult"]}"""
                    .formatted(STANDING), MemberFacts.class),
            new Good("/v1/members/demo-resident-adult/standings", STANDING, StandingFacts.class),
            new Good("/v1/institutions", """
                    {"code": "X1", "name": "某医院", "division": "999901", "tier": "tertiary", "kind": "hospital",
                     "administration": "city", "specialty": "general", "from": "2020-01-01", "to": "2030-01-01"}""",
                    InstitutionFacts.class),
            new Good("/v1/alliances", """
                    {"code": "A1", "name": "某医联体", "kind": "urban-group",
                     "memberships": [{"institution": "H99990100001", "role": "lead", "from": "2020-01-01", "to": "2030-01-01"}]}""",
                    AllianceFacts.class),
            new Good("/v1/waiting-periods", """
                    {"pack": "fixture", "rejoined": "2026-01-01", "missed_years": 5, "repaired_years": 1}""",
                    WaitingRequest.class),
            new Good("/v1/referrals", """
                    {"id": "r-1", "member": "demo-resident-chronic", "receiver": "H99990100011", "episode": "e-1",
                     "issued": "2026-03-09", "last_day": "2026-06-01",
                     "items": [{"item": "X0002", "quantity": "6"}]}""", ReferralRequest.class),
            new Good("/v1/alliances/A99990100001/formulary", """
                    {"entries": [{"item": "X0002", "from": "2026-01-01", "to": "2026-12-31", "price_fen": 2500,
                                  "unit": "盒", "document": "药事会"}]}""", FormularyRequest.class),
            new Good("/v1/institutions/H99990100011/stock", """
                    {"entries": [{"item": "X0002", "from": "2026-01-01", "to": "2026-12-31"}]}""", StockRequest.class),
            new Good("/v1/institutions/H99990100031/centre", """
                    {"centre": "H99990100011", "from": "2026-01-01", "to": "2026-12-31"}""", CentreRequest.class),
            new Good("/v1/convergence/effects", """
                    {"area": "999901", "from": "2026-01-01", "to": "2026-12-31", "days": ["2026-07-01"],
                     "volumes": [{"item": "ZC0001", "institution": "H99990100001", "tier": "secondary",
                                  "quantity": "12000", "fund_bp": 6500}]}""", PathEffectsRequest.class),
            new Good("/v1/keys", """
                    {"role": "auditor", "scope": "999901", "holder": "县审计局", "from": "2026-03-10", "to": "2026-12-31"}""",
                    KeyRequest.class),
            new Good("/v1/keys/x/rotate", "{\"overlap_days\": 3, \"to\": \"2026-12-31\"}", RotateRequest.class),
            new Good("/v1/keys/x/revoke", "{\"reason\": \"遗失\"}", RevokeRequest.class),
            new Good("/v1/audit/checkpoints", "{}", CheckpointRequest.class),
            new Good("/v1/settlements/x/reversal", "{\"key\": \"k-1\", \"reason\": \"退费\"}", ReversalRequest.class),
            new Good("/v1/settlements/x/replacement", """
                    {"key": "k-1", "reason": "退药",
                     "returns": [{"line": 1, "amount_fen": 5, "over_limit_fen": 1, "quantity": "1"}],
                     "settlement": {"encounter": %s, "total_fen": 500100, "lines": %s, "account": "own"}}"""
                    .formatted(ENCOUNTER, LINES), ReplacementRequest.class),
            new Good("/v1/members/demo-resident-adult/parking", """
                    {"benefit_year": "2026-01-01", "reason": "待查"}""", ParkingRequest.class),
            new Good("/v1/members/demo-resident-adult/release", """
                    {"benefit_year": "2026-01-01", "reason": "已查"}""", ParkingRequest.class),
            new Good("/v1/members/search", """
                    {"identity": {"type": "03", "number": "E00000001"}}""", SearchRequest.class),
            new Good("/v1/members/demo-resident-adult/identity", """
                    {"identity": {"type": "03", "number": "E00000001"}, "reason": "更正"}""", IdentityChangeRequest.class),
            new Good("/v1/members/demo-resident-adult/identity/unmask", "{\"reason\": \"核对\"}", UnmaskRequest.class),
            new Good("/v1/members/demo-resident-adult/adjustments", """
                    {"key": "k-1", "current_year_change_fen": 1, "earlier_years_change_fen": 1, "counter": "居民统筹支付",
                     "period": "year", "period_key": "2026-01-01", "sum_change": 1, "takes_back": "a-1", "reason": "补记",
                     "document": "某医保函〔2026〕1号"}""", AdjustmentRequest.class),
            new Good("/v1/budgets", """
                    {"key": "k-1", "code": "b-2026", "alliance": "A99990100001", "institution": "H99990100001",
                     "area": "999901", "year": 2026, "funds": ["pooled-resident", "catastrophic"],
                     "amount_fen": 5000000000, "document": "某医保函〔2026〕2号", "reason": "年初下达"}""", BudgetRequest.class),
            new Good("/v1/budgets/x/allotments", """
                    {"key": "k-2", "amount_fen": -100000000, "document": "某医保函〔2026〕3号", "reason": "核减"}""",
                    AllotmentRequest.class),
            new Good("/v1/packs/x/activation", """
                    {"key": "k-1", "version": "1.0.0", "hash": "abc", "effective_at": "2026-04-01T00:00:00Z", "force": true,
                     "reason": "新政策"}""", ActivationRequest.class),
            new Good("/v1/pack-loads", "{\"allow_lower\": [\"fixture\"], \"reason\": \"新版本\"}", PackLoadRequest.class),
            new Good("/v1/approvals/x/confirm", "{\"remark\": \"同意\", \"digest\": \"abc\"}", DecisionRequest.class),
            new Good("/v1/approvals/x/decline", "{\"remark\": \"不同意\", \"digest\": \"abc\"}", DecisionRequest.class),
            new Good("/v1/resettlements", """
                    {"cause": "rules", "hash": "abc", "from": "2026-01-01", "known_on": "2026-03-01", "member": "m",
                     "reason": "三月文件"}""", ResettlementRequest.class),
            new Good("/v1/resettlements/x/stop", "{\"note\": \"月末\"}", MoveRequest.class),
            new Good("/v1/resettlements/x/resume", "{\"note\": \"月初\"}", MoveRequest.class),
            new Good("/v1/resettlements/x/confirm", "{\"revision\": 2, \"note\": \"已核\"}", ConfirmRequest.class),
            new Good("/v1/resettlements/x/dismiss", "{\"note\": \"不再需要\"}", MoveRequest.class));

    private GoodBodies() {
    }
}
