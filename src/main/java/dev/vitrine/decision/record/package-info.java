/** Records decisions after the answer has gone, and reads them back. */
package dev.vitrine.decision.record;
