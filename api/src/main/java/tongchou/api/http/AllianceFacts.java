package tongchou.api.http;

import java.util.List;

/// A medical alliance with its dated members (医联体).
public record AllianceFacts(
        @Field(form = Field.Form.CODE) String code,
        String name,
        Kind kind,
        @Field(least = 1, most = 500) List<MembershipFacts> memberships) {

    /// The four kinds of the national opinion of 2017.
    public enum Kind {
        /// An urban medical group (城市医疗集团).
        URBAN_GROUP,
        /// A county medical community (县域医共体).
        COUNTY_COMMUNITY,
        /// A specialty alliance (专科联盟).
        SPECIALTY_ALLIANCE,
        /// A telemedicine network (远程医疗协作网).
        TELEMEDICINE_NETWORK
    }
}
