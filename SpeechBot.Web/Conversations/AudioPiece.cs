using SpeechBot.ServiceDefaults.Text;

namespace SpeechBot.Web.Conversations;

/// <summary>Some PCM16 of a clause, at 24 kHz. The last piece of a clause is empty.</summary>
internal readonly record struct AudioPiece(Clause Clause, bool StartsClause, ReadOnlyMemory<byte> Pcm)
{
    internal bool EndsClause => Pcm.IsEmpty;
}
