using System.Numerics.Tensors;

namespace SpeechBot.Stt.Networks;

/// <summary>The numbers by which smart-turn knows where in its 8 s a position is.</summary>
/// <param name="rows">A row for each position, one after the other.</param>
internal sealed class EndOfTurnPlaces(float[] rows)
{
    /// <summary>Positions of the 8 s, two frames each.</summary>
    public const int Count = 400;

    /// <summary>Numbers of a row.</summary>
    public int Width => rows.Length / Count;

    /// <summary>
    /// Where positions are together: the mean of their rows, as long as one of them is. What tells neighbours apart cancels out in the mean, and
    /// without its length it would be heard less.
    /// </summary>
    public void Read(int first, int count, Span<float> place)
    {
        place.Clear();
        var length = 0f;
        for (var position = first; position < first + count; position++)
        {
            var one = rows.AsSpan(position * Width, Width);
            TensorPrimitives.Add(place, one, place);
            length += TensorPrimitives.SumOfSquares<float>(one) / count;
        }

        TensorPrimitives.Multiply(place, MathF.Sqrt(length / TensorPrimitives.SumOfSquares<float>(place)), place);
    }
}
