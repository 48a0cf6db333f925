package tongchou.core.alliance;

import java.util.List;

/// A medical alliance (医疗联合体, 医联体) of one of the four kinds of the 2017 national opinion.
public sealed interface Alliance {

    /// The code under which the book keeps it.
    String code();

    /// Its name.
    String name();

    /// Its members with dates; at most one lead on any day.
    List<Membership> memberships();

    /// An urban medical group (城市医疗集团).
    record UrbanGroup(String code, String name, List<Membership> memberships) implements Alliance {
        /// Copies the memberships.
        public UrbanGroup {
            memberships = List.copyOf(memberships);
        }
    }

    /// A county medical community (县域医共体).
    record CountyCommunity(String code, String name, List<Membership> memberships) implements Alliance {
        /// Copies the memberships.
        public CountyCommunity {
            memberships = List.copyOf(memberships);
        }
    }

    /// A specialty alliance across areas (专科联盟).
    record SpecialtyAlliance(String code, String name, List<Membership> memberships) implements Alliance {
        /// Copies the memberships.
        public SpecialtyAlliance {
            memberships = List.copyOf(memberships);
        }
    }

    /// A telemedicine network for remote areas (远程医疗协作网).
    record TelemedicineNetwork(String code, String name, List<Membership> memberships) implements Alliance {
        /// Copies the memberships.
        public TelemedicineNetwork {
            memberships = List.copyOf(memberships);
        }
    }
}
