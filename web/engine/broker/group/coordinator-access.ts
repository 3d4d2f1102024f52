import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { GroupMetadataManager } from './group-metadata-manager';

/** Whether this broker may answer for a group now. */
export class CoordinatorAccess {
  active = false;

  constructor(readonly groups: GroupMetadataManager) {}

  /** NONE when it may. */
  errorFor(groupId: string, options: { readonly loadingIsFine?: boolean } = {}): ErrorCode {
    if (!this.active) return ERRORS.COORDINATOR_NOT_AVAILABLE;
    if (!this.groups.isGroupLocal(groupId)) return ERRORS.NOT_COORDINATOR;
    if (options.loadingIsFine !== true && this.groups.isGroupLoading(groupId)) return ERRORS.COORDINATOR_LOAD_IN_PROGRESS;
    return ERRORS.NONE;
  }
}
