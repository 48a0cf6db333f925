/// What can be charged (医保目录): payment classes of drugs, services and consumables.
@NullMarked
package tongchou.core.catalogue;

import org.jspecify.annotations.NullMarked;
