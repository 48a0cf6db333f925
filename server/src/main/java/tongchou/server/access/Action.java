package tongchou.server.access;

import static tongchou.api.http.Role.ADMINISTRATOR;
import static tongchou.api.http.Role.ALLIANCE_LEAD;
import static tongchou.api.http.Role.AUDITOR;
import static tongchou.api.http.Role.BUREAU_CLERK;
import static tongchou.api.http.Role.BUREAU_SUPERVISOR;
import static tongchou.api.http.Role.INSTITUTION;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tongchou.api.http.Role;

/// What can be done (操作), the routes that do it, and the roles that may: the one table of permissions.
///
/// A route that stands at no action cannot be served. Which objects a role reaches is [Reach].
public enum Action {

    /// Read the description of the interface; this needs no key.
    SEE_INTERFACE("查看接口说明", Role.values(), "GET /", "GET /openapi"),
    /// Ask who one is.
    SEE_ONESELF("查看自身身份", Role.values(), "GET /v1/whoami"),
    /// Read policy packs and catalogues, and calculate without a member.
    READ_POLICY("查看政策与目录", Role.values(), "GET /v1/packs", "GET /v1/packs/{id}", "GET /v1/packs/{id}/parameters",
            "GET /v1/packs/{id}/findings", "GET /v1/pack-loads",
            "POST /v1/waiting-periods", "POST /v1/estimates", "GET /v1/catalogue/{kind}",
            "GET /v1/catalogue/{kind}/{code}",
            "GET /v1/catalogue/{kind}/{code}/payment", "GET /v1/convergence"),
    /// Work out what a path of prices costs or saves on booked bills.
    WEIGH_PRICES("测算价格趋同影响", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "POST /v1/convergence/effects"),
    /// Read the register of institutions and alliances.
    READ_REGISTER("查看机构与医联体", Role.values(), "GET /v1/institutions", "GET /v1/institutions/{code}",
            "GET /v1/alliances", "GET /v1/alliances/{code}"),
    /// Change the register of institutions and alliances.
    KEEP_REGISTER("登记机构与医联体", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR}, "POST /v1/institutions",
            "POST /v1/institutions/{code}/centre", "POST /v1/alliances"),
    /// Keep the list of an alliance.
    KEEP_FORMULARY("维护医联体药品目录", new Role[] {ALLIANCE_LEAD, BUREAU_CLERK, BUREAU_SUPERVISOR},
            "POST /v1/alliances/{code}/formulary"),
    /// Tell what an institution has on its shelves.
    KEEP_STOCK("登记配备药品", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR},
            "POST /v1/institutions/{code}/stock"),
    /// Read the list of an alliance, and what an institution has of it.
    READ_FORMULARY("查看医联体药品目录", new Role[] {INSTITUTION, ALLIANCE_LEAD, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "GET /v1/alliances/{code}/formulary", "GET /v1/institutions/{code}/formulary"),
    /// See what members of an alliance lack and for whom, and where they charge more than the others.
    SEE_ALLIANCE("查看医联体缺药与价格差异", new Role[] {ALLIANCE_LEAD, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "GET /v1/alliances/{code}/formulary/gaps", "GET /v1/alliances/{code}/price-findings"),
    /// Register a referral down with its prescription.
    REFER("登记下转处方", new Role[] {INSTITUTION}, "POST /v1/referrals"),
    /// Read a referral with its prescription.
    READ_REFERRALS("查看下转处方", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "GET /v1/referrals/{id}"),
    /// Read a member's standings and sums of the year.
    READ_MEMBERS("查看参保人", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "GET /v1/members/{token}",
            "GET /v1/members/{token}/standings", "GET /v1/members/{token}/year-to-date"),
    /// Find a member by identity number, which stands in the body.
    FIND_MEMBERS("按证件查找参保人", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "POST /v1/members/search"),
    /// Read an identity number in clear; every time is logged with its reason.
    UNMASK("查看完整证件号", new Role[] {BUREAU_SUPERVISOR}, "POST /v1/members/{token}/identity/unmask"),
    /// Register members and change their standings.
    KEEP_MEMBERS("登记参保人", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR}, "POST /v1/members",
            "POST /v1/members/{token}/standings", "POST /v1/members/{token}/identity"),
    /// Settle without booking.
    PREVIEW("预结算", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR}, "POST /v1/settlements/preview"),
    /// Book a settlement.
    BOOK("结算入账", new Role[] {INSTITUTION}, "POST /v1/settlements"),
    /// Take a settlement back.
    REVERSE("退费冲正", new Role[] {INSTITUTION, BUREAU_SUPERVISOR}, "POST /v1/settlements/{id}/reversal"),
    /// Take a settlement back and book another in its place.
    REPLACE("部分退费", new Role[] {INSTITUTION}, "POST /v1/settlements/{id}/replacement"),
    /// Read settlements and their explanations.
    READ_SETTLEMENTS("查看结算", new Role[] {INSTITUTION, ALLIANCE_LEAD, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "GET /v1/settlements", "GET /v1/settlements/{id}", "GET /v1/settlements/{id}/explanation",
            "GET /v1/settlements/{id}/corrections", "GET /v1/reversals", "GET /v1/reversals/{id}"),
    /// See for whom nothing is booked.
    READ_PARKINGS("查看挂起", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "GET /v1/parkings"),
    /// Park members and release them.
    PARK("挂起与解除", new Role[] {BUREAU_SUPERVISOR}, "POST /v1/members/{token}/parking",
            "POST /v1/members/{token}/release"),
    /// See what waits for a second person.
    READ_APPROVALS("查看复核事项", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "GET /v1/approvals",
            "GET /v1/approvals/{id}"),
    /// Confirm or decline what another person asked for; what is behind it must be allowed as well.
    DECIDE("复核", new Role[] {INSTITUTION, BUREAU_SUPERVISOR}, "POST /v1/approvals/{id}/confirm",
            "POST /v1/approvals/{id}/decline"),
    /// Ask for a manual adjustment, and read those of a member.
    ADJUST("手工调账", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR}, "POST /v1/members/{token}/adjustments",
            "GET /v1/members/{token}/adjustments"),
    /// Ask that a version of a pack books.
    ACTIVATE("启用政策包", new Role[] {BUREAU_SUPERVISOR}, "POST /v1/packs/{id}/activation"),
    /// Load new versions of packs while the server goes on.
    LOAD_PACKS("在线装载政策包", new Role[] {ADMINISTRATOR}, "POST /v1/pack-loads"),
    /// Read what is computed again, and what comes out otherwise.
    READ_RESETTLEMENTS("查看重算", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "GET /v1/resettlements",
            "GET /v1/resettlements/{id}", "GET /v1/resettlements/{id}/differences",
            "GET /v1/resettlements/{id}/differences/{settlement}", "GET /v1/resettlements/{id}/obstacles"),
    /// Have settlements computed again, and stop, resume or dismiss that.
    RESETTLE("发起重算", new Role[] {BUREAU_SUPERVISOR}, "POST /v1/resettlements", "POST /v1/resettlements/{id}/stop",
            "POST /v1/resettlements/{id}/resume", "POST /v1/resettlements/{id}/dismiss"),
    /// Have differences booked.
    CONFIRM_RESETTLEMENT("确认重算入账", new Role[] {BUREAU_SUPERVISOR}, "POST /v1/resettlements/{id}/confirm"),
    /// Read what corrections left due to institutions and from them.
    READ_DUES("查看应补应退", new Role[] {INSTITUTION, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR}, "GET /v1/amounts-due"),
    /// Read budgets, and what the funds paid of them.
    READ_BUDGETS("查看总额预算", new Role[] {INSTITUTION, ALLIANCE_LEAD, BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR},
            "GET /v1/budgets", "GET /v1/budgets/{code}"),
    /// Ask that a budget is opened, gets more or is cut.
    ALLOT("下达总额预算", new Role[] {BUREAU_CLERK, BUREAU_SUPERVISOR}, "POST /v1/budgets",
            "POST /v1/budgets/{code}/allotments"),
    /// Read the audit log, sign how long it is, and verify it.
    AUDIT("审计", new Role[] {AUDITOR}, "GET /v1/audit", "GET /v1/audit/checkpoints", "POST /v1/audit/checkpoints",
            "GET /v1/audit/verification"),
    /// Give out, list, rotate and revoke keys.
    KEEP_KEYS("管理密钥", new Role[] {ADMINISTRATOR}, "GET /v1/keys", "POST /v1/keys", "POST /v1/keys/{id}/rotate",
            "POST /v1/keys/{id}/revoke");

    private final String title;
    private final Set<Role> roles;
    private final List<String> routes;

    Action(String title, Role[] roles, String... routes) {
        this.title = title;
        this.roles = EnumSet.copyOf(List.of(roles));
        this.routes = List.of(routes);
    }

    /// The action behind a route, named by its method and path.
    public static Optional<Action> of(String route) {
        return Stream.of(values()).filter(action -> action.routes.contains(route)).findFirst();
    }

    /// Whether it needs no key.
    public boolean isOpen() {
        return this == SEE_INTERFACE;
    }

    /// Whether the role may do it.
    public boolean allows(Role role) {
        return roles.contains(role);
    }

    /// The roles that may do it.
    public List<Role> roles() {
        return List.copyOf(roles);
    }

    /// The routes that do it, each a method and a path.
    public List<String> routes() {
        return routes;
    }

    /// What it is called in Chinese.
    public String title() {
        return title;
    }
}
