package dev.vitrine.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was really bought after a decision: by the same visit or shopper, within 24 hours. */
@Singleton
final class Purchases {
    private static final String BOUGHT =
            """
            select asked.n, bought.sku
            from jsonb_to_recordset(?::jsonb) as asked (n integer, visit text, shopper text, at timestamptz)
            cross join lateral (
                select sku from event
                where visit = asked.visit and at > asked.at and at <= asked.at + interval '24 hours' and type = 'purchase'
                union
                select sku from event
                where shopper = asked.shopper and at > asked.at and at <= asked.at + interval '24 hours'
                    and type = 'purchase') bought
            where bought.sku is not null
            """;

    private final AgroalDataSource database;

    Purchases(AgroalDataSource database) {
        this.database = database;
    }

    /** For each question the skus that were bought next. */
    List<Set<String>> after(List<ReplayInput> questions) throws SQLException {
        ArrayNode asked = Json.MAPPER.createArrayNode();
        List<Set<String>> bought = new ArrayList<>();
        for (ReplayInput question : questions) {
            asked.addObject()
                    .put("n", bought.size())
                    .put("visit", question.visit())
                    .put("shopper", question.context().shopper())
                    .put("at", question.context().at().toString());
            bought.add(new HashSet<>());
        }
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(BOUGHT)) {
            query.setString(1, asked.toString());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    bought.get(row.getInt(1)).add(row.getString(2));
                }
            }
        }
        return bought;
    }
}
