/** Records decisions after they are answered, and reads them back. */
package dev.vitrine.decision.record;
