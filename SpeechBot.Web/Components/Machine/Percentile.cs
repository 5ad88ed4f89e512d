namespace SpeechBot.Web.Components.Machine;

/// <summary>Percentiles by the nearest rank: always a value that really occurred.</summary>
public static class Percentile
{
    /// <summary>The value that <paramref name="percent"/> of 100 do not exceed; 0 when there are none.</summary>
    public static double Of(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
