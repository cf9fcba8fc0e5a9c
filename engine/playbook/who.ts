/** Who must act: settled against the reporting line when it is needed, never stored as a name. */

/**
 * `owner` of the case; `manager`: whom the owner reports to; a role: the nearest holder up the owner's reporting
 * line, else everybody who holds it; a fact of type person.
 */
export type Who =
  | { readonly kind: 'owner' }
  | { readonly kind: 'manager' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'fact'; readonly fact: string };
