import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints how many rows a folder of Parquet has, the sum of their ids, and the type of these, as Spark SQL finds them. */
public class SparkRows {
    public static void main(String[] folder) throws Exception {
        try (SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            Dataset<Row> rows = spark.read().parquet(folder[0]);
            Row found = rows.selectExpr("count(*)", "sum(id)", "first(typeof(id))").first();
            System.out.println("rows " + found.getLong(0) + " ids " + found.getLong(1) + " " + found.getString(2));
        }
    }
}
