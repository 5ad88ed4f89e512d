using SpeechBot.ServiceDefaults.Cores;

namespace SpeechBot.Tests.ServiceDefaults.Cores;

public sealed class SpareCoresTests
{
    [Fact]
    public void There_is_always_one_and_never_more_than_there_are()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.InRange(SpareCores.Count(), 1, Environment.ProcessorCount);
        }
    }
}
