package tongchou.core.catalogue;

/// Another code for an item (对照编码): what an institution or a division sends for the item of the catalogue.
///
/// The target of the [Fact] around it is the foreign code.
///
/// @param user institution code or six-digit division whose code it is; empty for everybody's
/// @param code code of the item in the catalogue
public record Alias(String user, String code) implements Stated {

    @Override
    public String slot() {
        return user;
    }
}
