package tongchou.api.http;

/// Why a request is turned away before the rules are asked (请求问题), in order of precedence.
///
/// When several are found at once, the first in this order leads the answer. The codes of the rules themselves
/// ([tongchou.core.settlement.RefusalCode]) come after `KEY_TAKEN` and before `STORE_UNAVAILABLE`. A code is never
/// renamed or reused; `docs/reference/refusals.md` lists the same codes in the same order.
public enum ProblemCode {

    /// Nothing says who is calling (未提供身份凭证).
    NOT_AUTHENTICATED(401, "未提供身份凭证", "Nothing says who is calling"),
    /// The key or token is malformed, unknown or forged (身份凭证无效).
    CREDENTIAL_REFUSED(401, "身份凭证无效", "The key or token is not accepted"),
    /// The key or token is genuine, but not yet valid, expired or revoked (身份凭证不在有效期).
    CREDENTIAL_NOT_IN_FORCE(401, "身份凭证不在有效期", "The key or token is not in force"),
    /// The role may not do this (角色无此权限).
    NOT_ALLOWED(403, "角色无此权限", "The role may not do this"),
    /// It belongs to another institution, alliance or area (超出数据范围).
    OUTSIDE_SCOPE(403, "超出数据范围", "Outside the scope of the caller"),
    /// More requests than the caller may send (请求过于频繁); `Retry-After` says when to go on.
    TOO_MANY_REQUESTS(429, "请求过于频繁", "Too many requests"),
    /// The request is not HTTP that can be understood (请求无法识别).
    MALFORMED_REQUEST(400, "请求无法识别", "The request cannot be understood"),
    /// Nothing lives at this path (路径不存在).
    NO_SUCH_PATH(404, "路径不存在", "No such path"),
    /// The path does not know this method (方法不允许).
    METHOD_NOT_ALLOWED(405, "该路径不支持此方法", "The path does not know this method"),
    /// The body is larger than 1,000,000 bytes (报文过大).
    BODY_TOO_LARGE(413, "报文过大", "The body is too large"),
    /// The body is declared to be something other than JSON (报文类型不支持).
    UNSUPPORTED_MEDIA_TYPE(415, "报文类型须为 application/json", "The body must be application/json"),
    /// The bytes are not UTF-8 (编码不是 UTF-8).
    BAD_ENCODING(400, "报文不是 UTF-8 编码", "The body is not UTF-8"),
    /// The text is not one JSON value (不是合法 JSON).
    MALFORMED_JSON(400, "报文不是合法的 JSON", "The body is not JSON"),
    /// A field is given twice (字段重复).
    DUPLICATE_FIELD(400, "字段重复", "A field is given twice"),
    /// A field that the request does not have (未知字段).
    UNKNOWN_FIELD(400, "未知字段", "An unknown field"),
    /// A field that must be given is not there (缺少字段).
    MISSING_FIELD(400, "缺少必填字段", "A required field is missing"),
    /// Null where a value must stand (不允许为 null).
    NULL_NOT_ALLOWED(400, "字段不允许为 null", "Null is not allowed here"),
    /// Another JSON type than the field has (类型错误).
    WRONG_TYPE(400, "字段类型错误", "The wrong type"),
    /// An amount that is not a plain whole number of fen (金额须为整数分).
    NOT_WHOLE_FEN(400, "金额须为整数分", "An amount must be a whole number of fen"),
    /// A number or a count outside its bounds (超出范围).
    OUT_OF_RANGE(400, "数值超出范围", "Out of range"),
    /// A text that is empty, too long or holds signs that cannot stand there (文本不合法).
    TEXT_NOT_ALLOWED(400, "文本不合法", "A text that cannot stand here"),
    /// An identity number where a token belongs (不得传身份证号).
    IDENTITY_NUMBER(400, "此处不得使用身份证号", "An identity number must not stand here"),
    /// A word outside a closed list (取值不在列表中).
    UNKNOWN_WORD(400, "取值不在列表中", "Not one of the words known here"),
    /// Something that is not a day of the calendar (日期不合法).
    NOT_A_DATE(400, "不是合法日期", "Not a day of the calendar"),
    /// A document of a kind or number that cannot be (证件号码不合法).
    IDENTITY_NOT_VALID(422, "证件类型或号码不合法", "An identity document that cannot be"),
    /// Fields that cannot stand together, or none of several of which one is needed (字段组合不合法).
    FIELDS_CONFLICT(422, "字段组合不合法", "Fields that do not go together"),
    /// A last day before its first day, or periods that overlap (日期次序错误).
    DATES_OUT_OF_ORDER(422, "日期次序错误", "Days out of order"),
    /// A division code that stood for nothing at that time (区划代码当时无效).
    DIVISION_NOT_IN_FORCE(422, "区划代码当时无效", "A division code that is not of that time"),
    /// The header total is not the sum of its lines (总额与明细不符).
    TOTAL_DIFFERS(422, "总额与明细合计不符", "The total is not the sum of the lines"),
    /// No pack of this id is loaded (政策包不存在).
    UNKNOWN_PACK(404, "政策包不存在", "No such pack"),
    /// No settlement of this id or key is booked (结算不存在).
    UNKNOWN_SETTLEMENT(404, "结算不存在", "No such settlement"),
    /// The member is not in the book (参保人不存在): 404 in a path, 422 in a body.
    UNKNOWN_MEMBER(422, "参保人不存在", "No such member"),
    /// The institution is not in the book (机构不存在): 404 in a path, 422 in a body.
    UNKNOWN_INSTITUTION(422, "机构不存在", "No such institution"),
    /// The alliance is not in the book (医联体不存在).
    UNKNOWN_ALLIANCE(404, "医联体不存在", "No such alliance"),
    /// No budget of this code, or it is out of reach (总额预算不存在).
    UNKNOWN_BUDGET(404, "总额预算不存在", "No such budget"),
    /// No catalogue knows the item (目录无此项目): 404 in a path, 422 elsewhere.
    UNKNOWN_ITEM(404, "目录无此项目", "No catalogue knows the item"),
    /// No referral of this id is registered, or it is out of reach (转诊单不存在).
    UNKNOWN_REFERRAL(404, "转诊单不存在", "No such referral"),
    /// What is dispensed is not what the referral carried along (与转诊单不符).
    REFERRAL_DIFFERS(422, "与转诊单不符", "Not what the referral carried along"),
    /// No key of this id was given out, or it was revoked already (密钥不存在).
    UNKNOWN_KEY(404, "密钥不存在或已吊销", "No such key, or a revoked one"),
    /// No re-settlement of this id, or nothing was found for the settlement (重算任务不存在).
    UNKNOWN_RESETTLEMENT(404, "重算任务或差额不存在", "No such re-settlement or difference"),
    /// No pack of this hash is loaded (未加载该版本的政策包).
    UNKNOWN_PACK_VERSION(422, "未加载该版本的政策包", "No pack of this version is loaded"),
    /// The re-settlement is not where this could be done (重算任务当前不能这样操作).
    RESETTLEMENT_STATE(409, "重算任务当前不能这样操作", "The re-settlement is not where this can be done"),
    /// A year-to-date sum that the benefit does not count (无此累计项).
    UNKNOWN_COUNTER(422, "该待遇无此累计项", "The benefit does not count this"),
    /// Something else is registered under the same name (已登记且内容不同).
    ALREADY_REGISTERED(409, "已登记且内容不同", "Registered already, and different"),
    /// No reversal of this id or key is booked (冲正不存在).
    UNKNOWN_REVERSAL(404, "冲正不存在", "No such reversal"),
    /// The identity belongs to another member, or the member has another (证件已被占用).
    IDENTITY_TAKEN(409, "证件已属于其他参保人，或该参保人已有其他证件", "The identity is another member's, or the member has another"),
    /// Nobody asked for this, or it is out of reach (复核事项不存在).
    UNKNOWN_APPROVAL(404, "复核事项不存在", "Nothing of this id waits for a second person"),
    /// Who asked cannot decide (须由另一人复核).
    SAME_PERSON(403, "须由另一人复核", "Another person must decide"),
    /// It was decided already, or expired (复核已结束).
    APPROVAL_CLOSED(409, "复核已结束", "It was decided already, or expired"),
    /// An adjustment that the account or the sums do not allow (调账不可行).
    ADJUSTMENT_NOT_POSSIBLE(409, "调账不可行", "The adjustment cannot be booked"),
    /// An allotment that the budget does not allow (预算下达不可行).
    ALLOTMENT_NOT_POSSIBLE(409, "预算下达不可行", "The allotment cannot be booked"),
    /// No two persons have put this version of the pack in force (政策包版本未启用).
    PACK_NOT_ACTIVATED(409, "政策包版本未启用", "This version of the pack is not in force for booking"),
    /// A version lower than the one in force (低于现行版本).
    LOWER_VERSION(409, "低于现行版本", "Lower than the version in force"),
    /// What lies in the places of packs cannot take the place of what serves (政策包未能装载).
    PACKS_NOT_LOADED(422, "政策包未能装载，仍用原有版本", "The packs were not loaded; those before go on"),
    /// Nothing is booked for the member until a person has looked (参保人已挂起).
    MEMBER_PARKED(409, "参保人已挂起，待人工核查", "The member is parked until a person has looked"),
    /// Nothing is parked here that could be released (未挂起).
    NOT_PARKED(409, "该参保人或年度未挂起", "Nothing is parked here"),
    /// The server was started without a second place for checkpoints of the audit log (未指定存证位置).
    NO_CHECKPOINT_PLACE(409, "服务启动时未指定存证位置", "The server knows no place for checkpoints"),
    /// The settlement was reversed by another request, so it cannot be replaced (结算已冲正).
    ALREADY_REVERSED(409, "结算已冲正", "The settlement was reversed already"),
    /// Something a quote rests on has changed since the preview (预结算后情况有变).
    QUOTE_CHANGED(409, "预结算后情况有变", "Something has changed since the preview"),
    /// The pack that the first page read is no longer loaded (目录版本已更换).
    CATALOGUE_CHANGED(409, "目录版本已更换", "The catalogue has been replaced"),
    /// The pack that settled it is not loaded, or it comes out otherwise now (只有中文明白纸).
    ONLY_IN_CHINESE(409, "该结算只有中文明白纸", "This settlement is explained in Chinese only"),
    /// The first request with this key is still being worked on (同一幂等键的请求正在处理); `Retry-After` says when to ask.
    KEY_RUNNING(409, "同一幂等键的请求正在处理", "The first request with this key is still running"),
    /// The idempotency key was used for other content (幂等键已用于其他内容).
    KEY_TAKEN(422, "幂等键已用于其他内容", "The key was used for other content"),
    /// The book cannot be written or read at the moment (账簿暂不可用): repeat with the same key.
    STORE_UNAVAILABLE(503, "账簿暂不可用，请用同一幂等键重试", "The book is not available; retry with the same key"),
    /// As many claims as there is room for are being booked, and none was done in time (服务繁忙): nothing was booked.
    SERVER_BUSY(503, "服务繁忙，请稍后用同一幂等键重试", "The server is busy; retry with the same key in a moment"),
    /// The server was started without the key that opens identities (未启用证件信息).
    IDENTITIES_CLOSED(503, "服务未配置证件主密钥", "The server has no master key for identities"),
    /// A defect of the program; the answer holds an id and nothing else (程序缺陷).
    DEFECT(500, "程序缺陷，请把编号告知维护人员", "A defect; tell the maintainers its id");

    private final int status;
    private final String title;
    private final String titleEn;

    ProblemCode(int status, String title, String titleEn) {
        this.status = status;
        this.title = title;
        this.titleEn = titleEn;
    }

    /// The HTTP status it is answered with.
    public int status() {
        return status;
    }

    /// What it means, in a few words.
    public String title(boolean chinese) {
        return chinese ? title : titleEn;
    }
}
