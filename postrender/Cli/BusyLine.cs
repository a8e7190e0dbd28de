using System.Diagnostics;

namespace Tempo.PostRender.Cli;

/// <summary>
/// Says on a terminal that work is going on, once it takes longer than a moment; the line is gone when the work is done. Nothing else
/// may write to standard error meanwhile.
/// </summary>
internal sealed class BusyLine : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(700);

    private readonly Lock _lock = new();
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly TextWriter _error;
    private readonly string _work;
    private readonly Timer? _timer;
    private int _shown;
    private bool _isDone;

    private BusyLine(string work, TextWriter error, TimeSpan? moment)
    {
        (_work, _error) = (work, error);
        if (moment is { } first)
        {
            _timer = new Timer(_ => Show(), state: null, first, TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Starts; the line is shown on terminals only.</summary>
    /// <param name="work">What is done: <c>checking release.yaml</c>.</param>
    /// <param name="moment">How long nothing is shown; by default what nobody takes for a pause.</param>
    public static BusyLine Start(IoContext io, string work, TimeSpan? moment = null) =>
        new(work, io.ErrorAsIs, io.IsErrorTerminal ? moment ?? Moment : null);

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            _isDone = true;
            if (_shown > 0)
            {
                _error.Write($"\r{new string(' ', _shown)}\r");
                _error.Flush();
            }
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_isDone)
            {
                var line = $"{_work} … {_elapsed.Elapsed.Seconds + (60 * (int)_elapsed.Elapsed.TotalMinutes)} s";
                _error.Write($"\r{line}");
                _error.Flush();
                _shown = Math.Max(_shown, line.Length);
            }
        }
    }
}
