package tongchou.api.http;

/// What a caller is (角色). What each may do is `docs/reference/access.md`.
public enum Role {
    /// A hospital, clinic or pharmacy and its HIS (定点机构).
    INSTITUTION("定点机构"),
    /// The lead hospital of an alliance (牵头医院).
    ALLIANCE_LEAD("牵头医院"),
    /// Somebody who works at the insurance bureau (医保经办).
    BUREAU_CLERK("医保经办"),
    /// Somebody who approves what clerks and institutions ask for (医保复核).
    BUREAU_SUPERVISOR("医保复核"),
    /// Somebody who reads everything of an area and changes nothing (审计).
    AUDITOR("审计"),
    /// Somebody who gives out keys and sees nobody's settlements (系统管理).
    ADMINISTRATOR("系统管理");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /// What it is called in Chinese.
    public String title() {
        return title;
    }
}
