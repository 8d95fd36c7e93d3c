package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.source.RuleCard;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.Map;
import org.drools.model.Consequence;
import org.drools.model.Rule;
import org.drools.model.View;

/** A compiled rule as the engine runs it. Rules that read fire first, and dates are days of the shop, not of the machine. */
record ServedRule(Rule rule, View view, RuleCard card, ZoneId zone) implements Rule {
    /** Above the default of 0. */
    private static final int READS_FIRST = 1;

    @Override
    @SuppressWarnings("unchecked") // these attributes are of the types Integer and Calendar
    public <T> T getAttribute(Attribute<T> attribute) {
        if (attribute == Attribute.SALIENCE && card.reads()) {
            return (T) Integer.valueOf(READS_FIRST);
        }
        if (attribute == Attribute.DATE_EFFECTIVE && card.effective() != null) {
            // Drools lets a rule begin after this moment, and the first moment of the day belongs to the day
            return (T) GregorianCalendar.from(begin(card.effective()).minus(1, ChronoUnit.MILLIS));
        }
        if (attribute == Attribute.DATE_EXPIRES && card.expires() != null) {
            return (T) GregorianCalendar.from(begin(card.expires()));
        }
        return rule.getAttribute(attribute);
    }

    /** Not midnight if the clocks are set forward then. */
    private ZonedDateTime begin(String day) {
        return LocalDate.parse(day).atStartOfDay(zone);
    }

    @Override
    public View getView() {
        return view;
    }

    @Override
    public Consequence getDefaultConsequence() {
        return rule.getDefaultConsequence();
    }

    @Override
    public Map<String, Consequence> getConsequences() {
        return rule.getConsequences();
    }

    @Override
    public Map<String, Object> getMetaData() {
        return rule.getMetaData();
    }

    @Override
    public Object getMetaData(String key) {
        return rule.getMetaData(key);
    }

    @Override
    public String getName() {
        return rule.getName();
    }

    @Override
    public String getPackage() {
        return rule.getPackage();
    }

    @Override
    public String getUnit() {
        return rule.getUnit();
    }
}
