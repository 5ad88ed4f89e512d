namespace SpeechBot.Bench.Measuring;

/// <summary>How a measure is spread.</summary>
public sealed record Percentiles(int N, double P50, double P90, double P95, double Max)
{
    /// <summary>By linear interpolation between the two nearest values; null where there are none.</summary>
    public static Percentiles? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : new(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.95), sorted[^1]);
    }

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
