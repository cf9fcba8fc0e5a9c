/** Who must act: settled against the reporting line when it is needed, never stored as a name. */

/**
 * `owner` of the case; `manager`: whom the owner reports to; a role: the nearest holder up the owner's reporting
 * line, else everybody who holds it; a fact of type person; `authority`: the lowest person above the owner whose limits
 * cover the case, written `anyone_with_authority`.
 */
export type Who =
  | { readonly kind: 'owner' }
  | { readonly kind: 'manager' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'authority' };
